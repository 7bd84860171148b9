// A node may ask the API server for tokens of the accounts of its pods, and for their Secrets; for no others (the Node
// authorizer). Since 1.33 it gets tokens only of pods that mount one.

import { givenToNode } from "../../node-authorizer.ts";
import { nodeIdentity } from "../../node-holdings.ts";
import type { Technique } from "../../technique.ts";

export const nodeAuthorizer: Technique = {
  id: "node-authorizer",
  attack: ["T1528"],
  source: "k/k plugin/pkg/auth/authorizer/node/graph.go AddPod; plugin/pkg/admission/noderestriction/admission.go",
  powers: () => [],
  *steps(world) {
    const placed = world.pods.filter(({ isPlaced, isMirror }) => isPlaced && !isMirror);
    for (const [node, pods] of Map.groupBy(placed, (pod) => pod.node)) {
      const seen = new Set<string>();
      for (const pod of pods)
        for (const { key, gives } of givenToNode(world, pod)) {
          if (seen.has(key)) continue;
          seen.add(key);
          yield { needs: [nodeIdentity(node)], gives, says: { node } };
        }
    }
  },
};
