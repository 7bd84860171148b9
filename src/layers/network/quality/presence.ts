// Which pods of the input are in which class, so that what a rule is for can be counted.

import type { NetworkView } from "../network-view.ts";
import type { PeerSet } from "../peer-set.ts";
import type { ClassId } from "../pod-classes.ts";
import type { Workload } from "../pod.ts";

/** How many workloads of the input, in how many namespaces. */
export type Measure = { readonly workloads: number; readonly namespaces: number };

export interface Presence {
  /** The classes of a set that pods of the input are in, those in the network of their node too. Once per set. */
  readonly of: (set: PeerSet) => readonly ClassId[];
  /** All that pods of the input are in. */
  readonly everyClass: readonly ClassId[];
  readonly measure: (classes: Iterable<ClassId>) => Measure;
  /** The same for a set, once per set. */
  readonly measureOf: (set: PeerSet) => Measure;
  readonly workloadsIn: (classes: Iterable<ClassId>) => readonly Workload[];
}

/** Built in O(pods). */
export function createPresence({ network, isPlaceholder }: NetworkView): Presence {
  const { classes, lists } = network.world;
  const members: (number[] | undefined)[] = [];
  const namespaceNumbers = new Map<string, number>();
  const namespaceOf: number[] = [];
  const { workloads } = network;
  for (const [index, workload] of workloads.entries()) {
    if (isPlaceholder(workload)) continue;
    const known = namespaceNumbers.get(workload.namespace) ?? namespaceNumbers.size;
    namespaceNumbers.set(workload.namespace, known);
    namespaceOf[index] = known;
    for (const pod of workload.pods) {
      const own = (members[classes.classOf(pod)] ??= []);
      if (own[own.length - 1] !== index) own.push(index);
    }
  }
  const stamps = new Int32Array(workloads.length);
  const namespaceStamps = new Int32Array(namespaceNumbers.size);
  let stamp = 0;
  const walk = (some: Iterable<ClassId>, visit: (index: number) => void): void => {
    stamp++;
    for (const id of some) {
      for (const index of members[id] ?? []) {
        if (stamps[index] === stamp) continue;
        stamps[index] = stamp;
        visit(index);
      }
    }
  };
  const measure = (some: Iterable<ClassId>): Measure => {
    let count = 0;
    let namespaces = 0;
    walk(some, (index) => {
      count++;
      const namespace = namespaceOf[index] ?? 0;
      if (namespaceStamps[namespace] === stamp) return;
      namespaceStamps[namespace] = stamp;
      namespaces++;
    });
    return { workloads: count, namespaces };
  };
  const present = new Map<number, readonly ClassId[]>();
  const measures = new Map<number, Measure>();
  const of = (set: PeerSet): readonly ClassId[] => {
    let found = present.get(set.id);
    if (found === undefined) {
      found = [...lists.classesOf(set)].filter((id) => members[id] !== undefined);
      present.set(set.id, found);
    }
    return found;
  };
  return {
    of,
    everyClass: [...members.keys()].filter((id) => members[id] !== undefined),
    measure,
    measureOf: (set) => {
      let found = measures.get(set.id);
      if (found === undefined) measures.set(set.id, (found = measure(of(set))));
      return found;
    },
    workloadsIn: (some) => {
      const found: Workload[] = [];
      walk(some, (index) => {
        const workload = workloads[index];
        if (workload !== undefined) found.push(workload);
      });
      return found;
    },
  };
}
