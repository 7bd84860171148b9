// The shape of an escape: code in a container becomes root on the pod's node, or reads the node's files, by what fields of the
// pod allow. One step per container, each with the field that proves it and the change that stops it.

import type { MessageArguments } from "../verdicts/message.ts";
import type { ContainerFacts } from "./container-facts.ts";
import type { Control, Fact } from "./fact.ts";
import type { Holding } from "./holding.ts";
import type { PodFacts } from "./pod-facts.ts";
import type { Step } from "./step.ts";

export interface Escape {
  readonly gives: Holding;
  readonly says?: MessageArguments;
  readonly facts: () => readonly Fact[];
  readonly controls: () => readonly Control[];
}

/** Linear in the containers. */
export function* escapeSteps(
  pods: readonly PodFacts[],
  escapesOf: (pod: PodFacts, container: ContainerFacts) => readonly Escape[],
): Generator<Step> {
  for (const pod of pods)
    for (const container of pod.containers)
      for (const escape of escapesOf(pod, container))
        yield {
          needs: [{ kind: "container", pod: pod.key, container: container.name }],
          says: { pod: pod.title, container: container.name },
          ...escape,
        };
}

export function rootOn({ node }: PodFacts): Holding {
  return { kind: "node", node };
}
