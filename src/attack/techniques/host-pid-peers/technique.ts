// A container in the node's process namespace sees the processes of all others there, and looks into those that it may trace:
// root in it reads the tokens of ordinary containers that run as root, without any capability.

import { escapeSteps } from "../../container-escape.ts";
import type { Holding } from "../../holding.ts";
import { changePodField, podFact } from "../../pod-change.ts";
import type { PodFacts } from "../../pod-facts.ts";
import { isOrdinaryRoot, tracesOrdinaryRoot } from "../../process-access.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

const FIELD = ["hostPID"];

export const hostPidPeers: Technique = {
  id: "host-pid-peers",
  attack: ["T1057", "T1552.001"],
  source: "linux kernel/ptrace.c __ptrace_may_access; k/k pkg/kubelet/kuberuntime/security_context.go",
  powers: () => [],
  *steps({ pods }) {
    const nodes = new Set<string>();
    yield* escapeSteps(pods, (pod, container) => {
      if (!pod.hostPID || pod.hasUserNamespace || !tracesOrdinaryRoot(container) || !pod.isPlaced) return [];
      nodes.add(pod.node);
      return [
        {
          gives: peersOn(pod.node),
          facts: () => [podFact(pod, FIELD)],
          controls: () => [changePodField(pod, FIELD)],
        },
      ];
    });
    for (const pod of pods) if (nodes.has(pod.node) && !pod.hasUserNamespace) yield* meantSteps(pod);
  },
};

function peersOn(node: string): Holding {
  return { kind: "means", of: "host-pid-peers", namespace: "", name: node };
}

function* meantSteps({ node, containers }: PodFacts): Generator<Step> {
  for (const container of containers)
    if (isOrdinaryRoot(container))
      yield {
        needs: [peersOn(node)],
        gives: container.holding,
        isMeant: true,
      };
}
