// Nodes that run the control plane: labelled as such, or with the API server as a static pod on them.

import type { AttackWorld } from "./attack-world.ts";

/** Linear in nodes and pods. */
export function controlPlaneNodes({ nodes, pods }: AttackWorld): ReadonlySet<string> {
  const found = new Set(nodes.filter(({ isControlPlane }) => isControlPlane).map(({ name }) => name));
  for (const { isMirror, isPlaced, node, namespace, containers } of pods)
    if (isMirror && isPlaced && namespace === "kube-system" && containers.some(({ name }) => name === "kube-apiserver"))
      found.add(node);
  return found;
}
