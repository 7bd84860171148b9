// What a workload is open to beyond the pods there are: every address, and pods that do not exist yet.

import { EVERY_ADDRESS } from "./address-set.ts";
import { connect } from "./connection.ts";
import type { End } from "./end.ts";
import type { OutcomeId } from "./outcome.ts";
import { STRANGER, type Workload } from "./pod.ts";
import type { LabelSelector } from "../../kubernetes/label-selector.ts";
import type { Resource } from "../../cluster/resource.ts";
import { EMPTY_SET } from "./policy-sets.ts";
import { rulePath, type Direction, type NamespaceScope } from "./policy.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { World } from "./world.ts";

export interface DirectionExposure {
  /** With the addresses outside, any of them. */
  readonly outside: OutcomeId;
  /** With a pod without labels in a new namespace without labels: with whoever may create pods anywhere. */
  readonly anyPod: OutcomeId;
  /** Peers that rules name and that no pod is yet. */
  readonly expected: readonly ExpectedPeer[];
}

/** A peer of an allowing rule that matches no pod. */
export interface ExpectedPeer {
  readonly policy: Resource;
  readonly path: Path;
  readonly namespaces: NamespaceScope;
  readonly pods: LabelSelector;
  /** What the rule's ports are, before the other end and other tiers have their say. */
  readonly ports: OutcomeId;
}

export type Exposure = Readonly<Record<Direction, DirectionExposure>>;

/** The exposure of one workload. O(rules that select it). */
export function exposureOf(world: World, workload: Workload): Exposure {
  const own: End = { kind: "pods", pods: workload.pods };
  const stranger: End = { kind: "pods", pods: [STRANGER] };
  const outside: End = { kind: "addresses", set: EVERY_ADDRESS };
  return {
    ingress: {
      outside: connect(world, outside, own).ingress,
      anyPod: connect(world, stranger, own).ingress,
      expected: expectedPeers(world, workload, "ingress"),
    },
    egress: {
      outside: connect(world, own, outside).egress,
      anyPod: connect(world, own, stranger).egress,
      expected: expectedPeers(world, workload, "egress"),
    },
  };
}

function expectedPeers(world: World, workload: Workload, direction: Direction): readonly ExpectedPeer[] {
  const found = new Map<string, ExpectedPeer>();
  for (const id of new Set(workload.pods.map((pod) => world.classes.classOf(pod)))) {
    const tiers = world.selection[direction];
    const sets = [tiers.Admin[id], tiers.NetworkPolicy[id], tiers.Baseline[id]];
    for (const number of sets.flatMap((set) => world.selection.sets.membersOf(set ?? EMPTY_SET))) {
      for (const peer of unmatchedPeers(world, number, direction, id)) {
        found.set(`${number} ${peer.path.join()}`, peer);
      }
    }
  }
  return [...found.values()];
}

function* unmatchedPeers(world: World, number: number, direction: Direction, id: number): Generator<ExpectedPeer> {
  const compiled = world.policies[number];
  for (const { rule, peers, ports } of compiled?.[direction] ?? []) {
    if (rule.action !== "Accept" || rule.peers === "any") continue;
    for (const [index, peer] of peers.entries()) {
      const written = rule.peers[index];
      if (peer.kind !== "pods" || written?.kind !== "pods" || compiled === undefined) continue;
      if (world.lists.classesOf(peer.set).length > 0) continue;
      yield {
        policy: compiled.policy.resource,
        path: rulePath(direction, rule.index, index),
        namespaces: written.namespaces,
        pods: written.pods,
        ports: ports.at(direction === "ingress" ? (world.classes.portsOf[id] ?? 0) : 0),
      };
    }
  }
}
