// Who code in a pod is to the API server: its account, where the pod is given a token. The pod's own word about automounting
// counts, then its account's, then yes (k/k plugin/pkg/admission/serviceaccount/admission.go).

import type { AttackWorld } from "./attack-world.ts";
import type { ContainerFacts } from "./container-facts.ts";
import type { PodFacts } from "./pod-facts.ts";

/** Whether the container sees a token of the pod's account. */
export function seesToken(world: Pick<AttackWorld, "account">, pod: PodFacts, { token }: ContainerFacts): boolean {
  if (pod.isMirror || token.kind === "none") return false; // a static pod has no account
  if (token.kind === "volume") return true;
  return pod.automount ?? world.account(pod.namespace, pod.account)?.automount ?? true;
}
