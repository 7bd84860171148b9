// `nodes/proxy` reaches the kubelet with all it can do: it runs commands in every pod of the node, past admission and audit.
// The kubelet's finer subresources (nodes/log, nodes/pods, …) give none of that.

import type { AttackWorld } from "../../attack-world.ts";
import { EVERYWHERE, type Holding } from "../../holding.ts";
import { clusterScoped, named, type Power } from "../../power.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

/** A WebSocket to /exec is a GET, so that reading is enough. */
const PROXY: Power = clusterScoped(named(["create", "get"], "", "nodes/proxy"));

export const nodeProxy: Technique = {
  id: "node-proxy",
  attack: ["T1609"],
  source: "k/k pkg/kubelet/server/auth.go NewNodeAuthorizerAttributesGetter; pkg/kubelet/server/server.go; KEP-2862",
  powers: () => [PROXY],
  *steps(world) {
    const named = new Set<string>();
    for (const { holding, name } of world.rights.of(PROXY)) {
      if (name !== "") named.add(name);
      const gives: Holding = name === "" ? { kind: "pods", namespace: EVERYWHERE } : podsOf(name);
      yield { needs: [holding], gives, says: { node: name } };
    }
    if (named.size > 0) yield* meantSteps(world, named);
  },
};

function podsOf(node: string): Holding {
  return { kind: "means", of: "node-proxy", namespace: "", name: node };
}

function* meantSteps(world: AttackWorld, nodes: ReadonlySet<string>): Generator<Step> {
  const workers = world.nodes.filter(({ name, isControlPlane }) => nodes.has(name) && !isControlPlane);
  for (const { holding: gives, node, isOnEveryNode } of world.pods) {
    if (nodes.has(node)) yield { needs: [podsOf(node)], gives, isMeant: true };
    else if (isOnEveryNode) for (const { name } of workers) yield { needs: [podsOf(name)], gives, isMeant: true };
  }
}
