// The kubelet's certificate lies on the node's disk: whoever reads it as root is the node to the API server.

import type { AttackWorld } from "../../attack-world.ts";
import { nodeIdentity } from "../../node-holdings.ts";
import { groupsBehind } from "../../group-membership.ts";
import type { Technique } from "../../technique.ts";

export const nodeCredentials: Technique = {
  id: "node-credentials",
  attack: ["T1552.004"],
  source: "k/k pkg/kubelet/certificate/kubelet.go; cmd/kubelet/app/options/options.go",
  powers: () => [],
  *steps(world) {
    for (const node of nodesOf(world)) {
      const gives = nodeIdentity(node);
      yield { needs: [{ kind: "node", node }], gives, says: { node } };
      yield { needs: [{ kind: "node-files", node }], gives, says: { node } };
      if (gives.kind === "user")
        for (const name of groupsBehind(gives)) yield { needs: [gives], gives: { kind: "group", name }, isMeant: true };
    }
  },
};

/** Those of the input, those that its pods are on, and those that its templates will be on. */
function nodesOf({ nodes, pods }: AttackWorld): ReadonlySet<string> {
  return new Set([...nodes.map(({ name }) => name), ...pods.map(({ node }) => node)]);
}
