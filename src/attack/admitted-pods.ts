// Pods that somebody can change through the API: Pod Security judges them again when an image or a container changes
// (pod-security-admission/admission/admission.go ValidatePod), and static pods run whatever the API server says.

import { defaultPod, defaultTemplate } from "../kubernetes/pod-defaults.ts";
import { evaluatePod } from "../layers/workloads/pod-security/pod-security.ts";
import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE, type Holding } from "./holding.ts";
import type { PodFacts } from "./pod-facts.ts";
import type { Power } from "./power.ts";
import type { Step } from "./step.ts";

/** Whether a change of an image or a new container gets past admission. Linear in the pod. */
export function isAdmittedAgain({ minor, namespace }: AttackWorld, pod: PodFacts): boolean {
  if (pod.isMirror) return false;
  const { level } = namespace(pod.namespace);
  if (level === "privileged") return true;
  const { declared } = pod;
  return evaluatePod(pod.isPod ? defaultPod(declared) : defaultTemplate(declared, minor), level, minor).allowed;
}

interface PodChange {
  readonly id: string;
  readonly power: Power;
  /** What comes of a pod that is changed; nothing where the change does not get through. */
  readonly given: (pod: PodFacts) => readonly Holding[];
}

/** From rights to change pods to what comes of the pods they are about. Linear in rights and pods. */
export function* podChangeSteps(world: AttackWorld, { id, power, given }: PodChange): Generator<Step> {
  const scopes = new Set<string>();
  const changed = (namespace: string): Holding => ({ kind: "means", of: id, namespace, name: "" });
  for (const { holding, namespace, name } of world.rights.of(power)) {
    if (name === "") {
      scopes.add(namespace);
      yield { needs: [holding], gives: changed(namespace), says: { namespace } };
      continue;
    }
    const pods = namespace === EVERYWHERE ? world.pods : world.podsIn(namespace);
    for (const pod of pods)
      if (pod.isPod && pod.name === name)
        for (const gives of given(pod)) yield { needs: [holding], gives, says: { namespace: pod.namespace } };
  }
  if (scopes.size === 0) return;
  for (const pod of world.pods) {
    const fitting = [EVERYWHERE, pod.namespace].filter((scope) => scopes.has(scope));
    if (fitting.length === 0) continue;
    for (const gives of given(pod))
      for (const scope of fitting) yield { needs: [changed(scope)], gives, isMeant: true };
  }
}
