// The ends a map is drawn between. Pods of a workload that differ in nothing but their address are one end; workloads
// whose ends are the same are one unit, so that ten replicas or a thousand like workloads cost what one costs.

import type { AddressKey } from "./address-atoms.ts";
import type { AddressGroup } from "./address-groups.ts";
import { facesOf, type Face } from "./end.ts";
import { createCodeMap, memberCode } from "./member-code.ts";
import type { Workload } from "./pod.ts";
import type { ClassId } from "./pod-classes.ts";
import type { World } from "./world.ts";

export interface MapEnd {
  readonly peer: ClassId;
  readonly group: AddressGroup;
  /** A host-network pod seen as its node. */
  readonly isNode: boolean;
}

/** One way an end belongs to a unit. */
export interface Member {
  readonly end: number;
  /** `any`: both families, or not known. */
  readonly family: Face["family"];
  readonly view: Face["view"];
}

export interface Unit {
  readonly members: readonly Member[];
  /** Workloads by their position, rising. */
  readonly workloads: readonly number[];
}

const MOST_CLASSES = 0x1000000;

export interface MapEnds {
  /** By class, rising. */
  readonly ends: readonly MapEnd[];
  readonly units: readonly Unit[];
}

/** Reduces workloads to ends and units. O(pods). */
export function mapEnds(world: World, workloads: readonly Workload[]): MapEnds {
  const ends = new Map<number, number>();
  const list: MapEnd[] = [];
  const units: { readonly members: readonly Member[]; readonly workloads: number[] }[] = [];
  const endNumber = (end: MapEnd): number => {
    const key = (end.group.id * MOST_CLASSES + end.peer) * 2 + (end.isNode ? 1 : 0);
    const known = ends.get(key);
    if (known !== undefined) return known;
    ends.set(key, list.length);
    return list.push(end) - 1;
  };
  let members: readonly Member[] = [];
  const unitOf = createCodeMap(() => {
    const unit = { members, workloads: [] as number[] };
    units.push(unit);
    return unit;
  });
  for (const [position, workload] of workloads.entries()) {
    members = membersOf(world, workload, endNumber);
    unitOf(members.map((member) => memberCode(member.end, member))).workloads.push(position);
  }
  return byClass(list, units);
}

interface Draft {
  readonly face: Face;
  readonly keys: Set<AddressKey>;
}

function membersOf(world: World, { pods }: Workload, endNumber: (end: MapEnd) => number): readonly Member[] {
  const faces = facesOf(world, { kind: "pods", pods }, undefined);
  const [only] = faces;
  if (faces.length === 1 && only !== undefined) {
    const { peer, group, family, view } = only;
    return [{ end: endNumber({ peer, group, isNode: false }), family, view }];
  }
  const drafts = new Map<string, Draft>();
  const members = new Map<string, Member>();
  const add = (end: MapEnd, family: Face["family"], view: Face["view"]): void => {
    const number = endNumber(end);
    const key = `${number} ${view}`;
    const known = members.get(key);
    members.set(key, { end: number, view, family: known === undefined || known.family === family ? family : "any" });
  };
  for (const face of faces) {
    const { peer, group, family, view } = face;
    if (family === "any") {
      add({ peer, group, isNode: view === "node" }, family, view);
      continue;
    }
    const key = `${peer} ${family} ${view}`;
    const draft = drafts.get(key) ?? { face, keys: new Set() };
    for (const one of group.keys) draft.keys.add(one);
    drafts.set(key, draft);
  }
  for (const { face, keys } of drafts.values()) {
    add({ peer: face.peer, group: world.groups.group(keys), isNode: face.view === "node" }, face.family, face.view);
  }
  return [...members.values()].toSorted((a, b) => a.end - b.end || (a.view < b.view ? -1 : 1));
}

function byClass(list: readonly MapEnd[], units: readonly Unit[]): MapEnds {
  const peers = Int32Array.from(list, ({ peer }) => peer);
  const order = Int32Array.from(list.keys()).sort((a, b) => peers[a]! - peers[b]! || a - b);
  const placeOf = new Int32Array(list.length);
  for (const [place, number] of order.entries()) placeOf[number] = place;
  return {
    ends: Array.from(order, (number) => list[number]!),
    units: units.map(({ members, workloads }) => ({
      workloads,
      members: members.map(({ end, family, view }) => ({ end: placeOf[end]!, family, view })),
    })),
  };
}
