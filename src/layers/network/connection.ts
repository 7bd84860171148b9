// What may pass between two ends: each direction by its rows, both together, over all faces the ends have.

import type { AddressFamily } from "./address.ts";
import { ALL, NONE, ON, type OutcomeId } from "./outcome.ts";
import type { OwnNode } from "./direction-rows.ts";
import { canMeet, facesOf, type End, type Face } from "./end.ts";
import type { World } from "./world.ts";

/** Two faces that can meet, and what the source's egress and the destination's ingress allow between them. */
export interface Meeting {
  readonly source: Face;
  readonly destination: Face;
  readonly ownNode: OwnNode;
  /** A pod and itself: never leaves the pod. */
  readonly isLoopback: boolean;
  readonly egress: OutcomeId;
  readonly ingress: OutcomeId;
}

export interface Connection {
  readonly egress: OutcomeId;
  readonly ingress: OutcomeId;
  readonly both: OutcomeId;
  /** In the order tried; empty when the ends share no address family. */
  readonly meetings: readonly Meeting[];
}

/** Everything between two ends. O(faces × faces) cells, each a look-up once its row is there. */
export function connect(world: World, source: End, destination: End, family?: AddressFamily): Connection {
  const isOnePod = source.kind === "pods" && destination.kind === "pods" && source.pods.length === 1;
  const meetings: Meeting[] = [];
  const destinations = facesOf(world, destination, family);
  for (const from of facesOf(world, source, family)) {
    for (const to of destinations) {
      if (!canMeet(from, to)) continue;
      const isSame = isOnePod && from.pod === to.pod && !(from.pod?.isTemplate ?? false);
      meetings.push(meet(world, from, to, isSame));
    }
  }
  const { outcomes } = world;
  return {
    meetings,
    egress: overViews(world, meetings, ({ egress }) => egress),
    ingress: overViews(world, meetings, ({ ingress }) => ingress),
    both: overViews(world, meetings, ({ egress, ingress }) => outcomes.intersect(egress, ingress)),
  };
}

function meet(world: World, source: Face, destination: Face, isLoopback: boolean): Meeting {
  const ownNode = ownNodeOf(source, destination);
  const egressRow = world.egress.rowOf(source.peer);
  const ingressRow = world.ingress.rowOf(destination.peer);
  return {
    source,
    destination,
    ownNode,
    isLoopback,
    egress: isLoopback ? ALL : world.egress.cell(egressRow, destination.peer, destination.group),
    ingress: isLoopback ? ALL : world.ingress.cell(ingressRow, source.peer, source.group, ownNode),
  };
}

/** A node reaches every pod that runs on it (kubelet probes must work). */
function ownNodeOf(source: Face, destination: Face): OwnNode {
  const isNode = source.view === "node" || (source.pod === undefined && source.node !== undefined);
  if (!isNode || destination.pod === undefined || destination.view === "node") return "no";
  if (source.node === undefined || destination.pod.node === undefined) return "unknown";
  return source.node === destination.pod.node ? "yes" : "no";
}

/** Any pair of pods and any family may carry the connection; which view of host-network pods holds is unknown. */
function overViews(world: World, meetings: readonly Meeting[], outcomeOf: (meeting: Meeting) => OutcomeId): OutcomeId {
  const { outcomes } = world;
  let asPods = NONE;
  let asNodes = NONE;
  for (const meeting of meetings) {
    const outcome = outcomeOf(meeting);
    if (!isSeenAs("node", meeting)) asPods = outcomes.union(asPods, outcome);
    if (!isSeenAs("pod", meeting)) asNodes = outcomes.union(asNodes, outcome);
  }
  return outcomes.either(asPods, asNodes, ON.hostNetwork);
}

function isSeenAs(view: "pod" | "node", { source, destination }: Meeting): boolean {
  return source.view === view || destination.view === view;
}
