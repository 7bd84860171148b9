// Whoever is root on one node, keeps pods off all others and deletes what runs there gets the pods that come again onto their
// node, with their tokens.

import type { AttackWorld } from "../../attack-world.ts";
import { EVERYWHERE, SOME_NODE, type Holding, type NamespaceScope } from "../../holding.ts";
import { clusterScoped, named, unnamed, type Power } from "../../power.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

const CHANGE_NODES: Power = clusterScoped(named(["update", "patch"], "", "nodes"));
const CHANGE_NODE_STATUS: Power = clusterScoped(named(["update", "patch"], "", "nodes/status"));
const DELETE_PODS: Power = named(["delete"], "", "pods");
const DELETE_ALL_PODS: Power = unnamed(["deletecollection"], "", "pods");
const EVICT_PODS: Power = named(["create"], "", "pods/eviction");
const REMOVALS: readonly Power[] = [DELETE_PODS, DELETE_ALL_PODS, EVICT_PODS];

/** The other nodes take no pods: tainted, cordoned, or said to be full. */
const OTHERS_CLOSED: Holding = { kind: "means", of: "nodes-closed", namespace: "", name: "" };

export const stealPods: Technique = {
  id: "steal-pods",
  attack: ["T1528"],
  source: "k/k pkg/controller/replicaset/replica_set.go; pkg/scheduler/framework/plugins/nodeunschedulable",
  powers: () => [CHANGE_NODES, CHANGE_NODE_STATUS, ...REMOVALS],
  *steps(world) {
    const { rights } = world;
    // A node may change no other (NodeRestriction), whatever RBAC says.
    const closing = [CHANGE_NODES, CHANGE_NODE_STATUS]
      .flatMap(rights.of)
      .filter(({ holder, name }) => name === "" && !isNode(holder));
    if (closing.length === 0) return;
    for (const { holding } of closing) yield { needs: [holding], gives: OTHERS_CLOSED, isMeant: true };
    const scopes = new Set<string>();
    for (const power of REMOVALS)
      for (const { holding, namespace, name } of rights.of(power)) {
        const needs = [SOME_NODE, OTHERS_CLOSED, holding];
        if (name === "") {
          scopes.add(namespace);
          yield { needs, gives: comingAgain(namespace), says: { namespace } };
        } else for (const gives of podsNamed(world, namespace, name)) yield { needs, gives, says: { namespace } };
      }
    yield* meantSteps(world, scopes);
  },
};

function isNode(holder: Holding): boolean {
  return "name" in holder && (holder.name === "system:nodes" || holder.name.startsWith("system:node:"));
}

function comingAgain(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "steal-pods", namespace, name: "" };
}

function podsNamed({ pods, podsIn }: AttackWorld, namespace: NamespaceScope, name: string): readonly Holding[] {
  return (namespace === EVERYWHERE ? pods : podsIn(namespace))
    .filter((pod) => pod.isPod && pod.isRecreated && pod.name === name)
    .map(({ key }) => ({ kind: "pod", pod: key }));
}

function* meantSteps({ pods }: AttackWorld, scopes: ReadonlySet<string>): Generator<Step> {
  for (const { key, namespace, isRecreated } of pods) {
    if (!isRecreated) continue;
    for (const scope of [EVERYWHERE, namespace])
      if (scopes.has(scope)) yield { needs: [comingAgain(scope)], gives: { kind: "pod", pod: key }, isMeant: true };
  }
}
