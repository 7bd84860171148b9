// Whether a pod gets a token: its own word counts, then its account's, then yes
// (k/k plugin/pkg/admission/serviceaccount/admission.go).

import type { AttackWorld } from "./attack-world.ts";
import type { PodFacts } from "./pod-facts.ts";

export function valueOfAutomount(world: Pick<AttackWorld, "account">, pod: PodFacts): boolean {
  return pod.automount ?? world.account(pod.namespace, pod.account)?.automount ?? true;
}
