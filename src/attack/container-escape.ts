// The shape of an escape: code in a container becomes root on the pod's node, or reads the node's files, by what fields of the
// pod allow. One step per container, each with the field that proves it and the change that stops it.

import type { MessageArguments } from "../verdicts/message.ts";
import type { ContainerFacts } from "./container-facts.ts";
import type { Control, FieldFact } from "./fact.ts";
import type { Holding } from "./holding.ts";
import type { PodFacts } from "./pod-facts.ts";
import type { Step } from "./step.ts";

export interface Escape {
  readonly gives: Holding;
  readonly says?: MessageArguments;
  readonly facts: () => readonly FieldFact[];
  readonly controls: () => readonly Control[];
}

/** Linear in the containers of pods that have more than pods usually have. */
export function* escapeSteps(
  pods: readonly PodFacts[],
  escapesOf: (pod: PodFacts, container: ContainerFacts) => readonly Escape[],
): Generator<Step> {
  for (const pod of unusual(pods))
    for (const container of pod.containers)
      for (const escape of escapesOf(pod, container))
        yield {
          needs: [container.holding],
          says: { pod: pod.title, container: container.name },
          ...escape,
        };
}

const known = new WeakMap<readonly PodFacts[], readonly PodFacts[]>();

/** Pods with anything that an escape starts from: a dozen techniques ask, and few pods of a cluster have it. */
function unusual(pods: readonly PodFacts[]): readonly PodFacts[] {
  const before = known.get(pods);
  if (before !== undefined) return before;
  const found = pods.filter(({ hostPID, containers }) => hostPID || containers.some(isUnusual));
  known.set(pods, found);
  return found;
}

function isUnusual({ privileged, isHostProcess, capabilities, hostMounts }: ContainerFacts): boolean {
  return privileged || isHostProcess || capabilities.length > 0 || hostMounts.length > 0;
}

export function rootOn({ node }: PodFacts): Holding {
  return { kind: "node", node };
}
