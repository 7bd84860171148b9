// A node of the control plane holds the keys that sign every identity, and the kubeconfig of an admin: its root is cluster-admin.

import { controlPlaneNodes } from "../../control-plane.ts";
import type { Technique } from "../../technique.ts";

const LABELS = ["metadata", "labels"];

export const controlPlaneNode: Technique = {
  id: "control-plane-node",
  attack: ["T1552.004"],
  source: "k/k cmd/kubeadm/app/phases/kubeconfig/kubeconfig.go; cmd/kubeadm/app/phases/certs/certlist.go",
  powers: () => [],
  *steps(world) {
    const resources = new Map(world.nodes.map(({ name, resource }) => [name, resource]));
    for (const node of controlPlaneNodes(world)) {
      const resource = resources.get(node);
      // Known by its static pods alone.
      if (resource === undefined) yield { needs: [{ kind: "any-node" }], gives: { kind: "node", node }, isMeant: true };
      for (const kind of ["node", "node-files"] as const)
        yield {
          needs: [{ kind, node }],
          gives: { kind: "cluster-admin" },
          says: { node },
          facts: () => (resource === undefined ? [] : [{ kind: "field", resource, path: LABELS }]),
        };
    }
  },
};
