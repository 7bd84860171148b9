// The ends a map is drawn between. Pods of a workload that differ in nothing but their address are one end; workloads
// whose ends are the same are one unit, so that ten replicas or a thousand like workloads cost what one costs.

import type { AddressKey } from "./address-atoms.ts";
import type { AddressGroup } from "./address-groups.ts";
import { intoBuckets, type Buckets } from "./buckets.ts";
import { facesOf, type Face } from "./end.ts";
import { createCodeNumbers, memberCode } from "./member-code.ts";
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
  /** Of the end. */
  readonly peer: ClassId;
  /** `any`: both families, or not known. */
  readonly family: Face["family"];
  readonly view: Face["view"];
}

const MOST_CLASSES = 0x1000000;

export interface MapEnds {
  /** By class, rising. */
  readonly ends: readonly MapEnd[];
  /** For each unit. */
  readonly members: readonly (readonly Member[])[];
  /** Of each unit, by their position. */
  readonly workloads: Buckets;
  /** Of each workload. */
  readonly unitOf: Int32Array;
}

/** Reduces workloads to ends and units. O(pods). */
export function mapEnds(world: World, workloads: readonly Workload[]): MapEnds {
  const numbers = new Map<number, number>();
  const ends: MapEnd[] = [];
  const endNumber: EndNumber = (peer, group, isNode) => {
    const key = (group.id * MOST_CLASSES + peer) * 2 + (isNode ? 1 : 0);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, ends.length);
    return ends.push({ peer, group, isNode }) - 1;
  };
  const members: (readonly Member[])[] = [];
  const units = createCodeNumbers();
  const unitOf = new Int32Array(workloads.length);
  for (let position = 0; position < workloads.length; position++) {
    const faces = facesOf(world, { kind: "pods", pods: workloads[position]!.pods }, undefined);
    const [only] = faces;
    if (faces.length === 1 && only !== undefined) {
      const { peer, group, family, view } = only;
      const end = endNumber(peer, group, false);
      const unit = units.ofOne(memberCode(end, only));
      if (unit === members.length) members.push([{ end, peer, family, view }]);
      unitOf[position] = unit;
    } else {
      const list = membersOf(world, faces, endNumber);
      const unit = units.of(list.map((member) => memberCode(member.end, member)));
      if (unit === members.length) members.push(list);
      unitOf[position] = unit;
    }
  }
  return { ...byClass(ends, members, world.classes.count + 1), workloads: intoBuckets(unitOf, members.length), unitOf };
}

type EndNumber = (peer: ClassId, group: AddressGroup, isNode: boolean) => number;

interface Draft {
  readonly face: Face;
  readonly keys: Set<AddressKey>;
}

function membersOf(world: World, faces: readonly Face[], endNumber: EndNumber): readonly Member[] {
  const drafts = new Map<string, Draft>();
  const members = new Map<string, Member>();
  const add = ({ peer, view }: Face, group: AddressGroup, family: Face["family"]): void => {
    const end = endNumber(peer, group, view === "node");
    const key = `${end} ${view}`;
    const known = members.get(key);
    members.set(key, { end, peer, view, family: known === undefined || known.family === family ? family : "any" });
  };
  for (const face of faces) {
    const { peer, group, family, view } = face;
    if (family === "any") {
      add(face, group, family);
      continue;
    }
    const key = `${peer} ${family} ${view}`;
    const draft = drafts.get(key) ?? { face, keys: new Set() };
    for (const one of group.keys) draft.keys.add(one);
    drafts.set(key, draft);
  }
  for (const { face, keys } of drafts.values()) add(face, world.groups.group(keys), face.family);
  return [...members.values()].toSorted((a, b) => a.end - b.end || (a.view < b.view ? -1 : 1));
}

function byClass(list: readonly MapEnd[], members: readonly (readonly Member[])[], classCount: number) {
  const peers = Int32Array.from(list, ({ peer }) => peer);
  const order = intoBuckets(peers, classCount).items;
  const placeOf = new Int32Array(list.length);
  for (let place = 0; place < order.length; place++) placeOf[order[place]!] = place;
  return {
    ends: Array.from(order, (number) => list[number]!),
    members: members.map((all) =>
      all.map(({ end, peer, family, view }): Member => ({ end: placeOf[end]!, peer, family, view })),
    ),
  };
}
