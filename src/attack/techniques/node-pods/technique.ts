// Root on a node is in every pod that runs there, and reads their tokens and Secrets.

import { SOME_NODE } from "../../holding.ts";
import type { Technique } from "../../technique.ts";

export const nodePods: Technique = {
  id: "node-pods",
  attack: ["T1552.007"],
  source: "k/k pkg/kubelet/kubelet_pods.go; pkg/volume/projected/projected.go",
  powers: () => [],
  *steps({ pods }) {
    yield { needs: [{ kind: "any-node" }], gives: { kind: "pods", namespace: "*" } };
    for (const { holding, node, isOnEveryNode } of pods) {
      yield { needs: [{ kind: "node", node }], gives: holding };
      if (isOnEveryNode) yield { needs: [SOME_NODE], gives: holding };
    }
  },
};
