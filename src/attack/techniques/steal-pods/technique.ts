// Whoever is root on one node and keeps pods off all others gets the pods that come again: evicted by a taint, orphaned with
// their node, or deleted, their controllers make them anew, and they come to the owned node with their tokens.

import type { AttackWorld } from "../../attack-world.ts";
import { EVERYWHERE, SOME_NODE, type Holding, type NamespaceScope } from "../../holding.ts";
import type { PodFacts } from "../../pod-facts.ts";
import { podsNamed } from "../../pods-holding.ts";
import { clusterScoped, named, unnamed, type Power } from "../../power.ts";
import { isNodeIdentity } from "../../granted-role.ts";
import type { Right } from "../../right.ts";
import type { Rights } from "../../rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

const CHANGE_NODES: Power = clusterScoped(named(["update", "patch"], "", "nodes"));
const CHANGE_NODE_STATUS: Power = clusterScoped(named(["update", "patch"], "", "nodes/status"));
const DELETE_NODES: Power = clusterScoped(named(["delete"], "", "nodes"));
const DELETE_ALL_NODES: Power = clusterScoped(unnamed(["deletecollection"], "", "nodes"));
const DELETE_PODS: Power = named(["delete"], "", "pods");
const DELETE_ALL_PODS: Power = unnamed(["deletecollection"], "", "pods");
const EVICT_PODS: Power = named(["create"], "", "pods/eviction");
const OF_NODES: readonly Power[] = [CHANGE_NODES, CHANGE_NODE_STATUS, DELETE_NODES, DELETE_ALL_NODES];
const REMOVALS: readonly Power[] = [DELETE_PODS, DELETE_ALL_PODS, EVICT_PODS];

/** The other nodes take no pods: tainted, cordoned, or said to be full. */
const OTHERS_CLOSED: Holding = { kind: "means", of: "nodes-closed", namespace: "", name: "" };
/** Pods that tolerate no taint leave the other nodes of themselves. */
const OTHERS_TAINTED: Holding = { kind: "means", of: "nodes-tainted", namespace: "", name: "" };

export const stealPods: Technique = {
  id: "steal-pods",
  attack: ["T1528"],
  source: "k/k pkg/controller/tainteviction/taint_eviction.go; pkg/controller/podgc/gc_controller.go",
  powers: () => [...OF_NODES, ...REMOVALS],
  *steps(world) {
    const { rights } = world;
    const [changing = [], reporting = [], ...deleting] = OF_NODES.map((power) => ofOtherNodes(rights, power));
    const says = { namespace: EVERYWHERE };
    for (const { holding } of changing) yield { needs: [SOME_NODE, holding], gives: OTHERS_TAINTED, says };
    for (const { holding } of deleting.flat())
      yield { needs: [SOME_NODE, holding], gives: comingAgain(EVERYWHERE), says };
    const closing = [...changing, ...reporting];
    for (const { holding } of closing) yield { needs: [holding], gives: OTHERS_CLOSED, isMeant: true };
    const scopes = new Set(deleting.flat().length > 0 ? [EVERYWHERE] : []);
    if (closing.length > 0) yield* removalSteps(world, scopes);
    yield* meantSteps(world, scopes, changing.length > 0);
  },
};

/** On every node but the attacker's. A node may change no other (NodeRestriction), whatever RBAC says. */
function ofOtherNodes(rights: Rights, power: Power): readonly Right[] {
  return rights.of(power).filter(({ by, name }) => name === "" && (by.of === undefined || !isNodeIdentity(by.of)));
}

function* removalSteps(world: AttackWorld, scopes: Set<NamespaceScope>): Generator<Step> {
  for (const power of REMOVALS)
    for (const { holding, namespace, name } of world.rights.of(power)) {
      const needs = [SOME_NODE, OTHERS_CLOSED, holding];
      const says = { namespace };
      if (name === "") {
        scopes.add(namespace);
        yield { needs, gives: comingAgain(namespace), says };
        continue;
      }
      for (const { holding: pod } of podsNamed(world, namespace, name).filter(({ isRecreated }) => isRecreated))
        yield { needs, gives: pod, says };
    }
}

function comingAgain(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "steal-pods", namespace, name: "" };
}

function* meantSteps({ pods }: AttackWorld, scopes: ReadonlySet<NamespaceScope>, isTainted: boolean): Generator<Step> {
  if (scopes.size === 0 && !isTainted) return;
  for (const pod of pods) {
    if (!pod.isRecreated) continue;
    const gives = pod.holding;
    if (isTainted && !toleratesEverything(pod)) yield { needs: [OTHERS_TAINTED], gives, isMeant: true };
    for (const scope of [EVERYWHERE, pod.namespace])
      if (scopes.has(scope)) yield { needs: [comingAgain(scope)], gives, isMeant: true };
  }
}

/** A taint of any key evicts it neither now nor later. */
function toleratesEverything({ declared }: PodFacts): boolean {
  return (declared.spec?.tolerations ?? []).some(
    (one) =>
      one?.operator === "Exists" &&
      !one.key &&
      (!one.effect || one.effect === "NoExecute") &&
      one.tolerationSeconds == null,
  );
}
