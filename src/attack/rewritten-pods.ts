// Pods that come later and are rewritten on their way in: their images, and the account they name. What Kubernetes admits of
// itself stays as it is, so that this is worth a new pod in every namespace where a controller makes some.

import type { AttackWorld } from "./attack-world.ts";
import type { Holding } from "./holding.ts";
import type { Step } from "./step.ts";

export const REWRITTEN_PODS: Holding = { kind: "means", of: "rewritten-pods", namespace: "", name: "" };

/** Linear in the pods. */
export function* rewrittenPodSteps({ pods }: AttackWorld): Generator<Step> {
  const made = pods.filter(({ isMirror, isMadeByController }) => !isMirror && isMadeByController);
  for (const namespace of new Set(made.map((pod) => pod.namespace)))
    yield { needs: [REWRITTEN_PODS], gives: { kind: "new-pod", namespace }, isMeant: true };
}
