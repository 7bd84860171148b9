// Classes of pods after policies named labels or ports that none named before: pods that have them leave their class for
// a new one. Classes keep their numbers, so that whatever is known about them stays known.

import type { LabelDictionary, LabelWord } from "./label-dictionary.ts";
import { withChanges } from "./layered-map.ts";
import { NO_NAMED_PORTS, type PortTables } from "./named-ports.ts";
import type { Pod, Workload } from "./pod.ts";
import type { ClassId, PodClasses } from "./pod-classes.ts";

/** Pods moved from one class to a new one; the old one may be empty now. */
export interface Split {
  readonly from: ClassId;
  readonly to: ClassId;
}

export interface SplitClasses {
  readonly classes: PodClasses;
  /** By new class, rising. */
  readonly splits: readonly Split[];
}

export interface NewWords {
  readonly labels: readonly LabelWord[];
  readonly portNames: readonly string[];
}

/** Past this share of new classes, classifying anew is better. */
const MOST_NEW = 0.25;
const FEW_NEW = 64;
const MOST_WORDS = 32;

/** `undefined` where so much is new that everything is better made anew. O(pods that have a new key or port). */
export function splitClasses(
  classes: PodClasses,
  workloads: readonly Workload[],
  words: NewWords,
  dictionary: LabelDictionary,
  tables: PortTables,
): SplitClasses | undefined {
  const count = words.labels.length + words.portNames.length;
  if (count === 0) return { classes, splits: [] };
  if (count > MOST_WORDS) return undefined;
  const most = Math.max(FEW_NEW, classes.firstSplit * MOST_NEW) - (classes.count - classes.firstSplit);
  const made = new Map<string, Draft>();
  const pairs: number[] = [];
  const moved: [Pod, ClassId][] = [];
  const seen = new Set<Pod>();
  const move = (pod: Pod): void => {
    if (seen.has(pod)) return;
    seen.add(pod);
    const from = classes.classOf(pod);
    dictionary.encodeInto(pod.labels, pairs);
    const ports = pod.ports.length === 0 ? NO_NAMED_PORTS : tables.tableOf(pod.ports);
    const key = `${from} ${ports} ${pairs.join()}`;
    let draft = made.get(key);
    if (draft === undefined) {
      draft = { from, to: classes.count + made.size, labels: Int32Array.from(pairs), ports, size: 0 };
      made.set(key, draft);
    }
    draft.size++;
    moved.push([pod, draft.to]);
  };
  for (const pod of touchedPods(workloads, words)) {
    move(pod);
    if (made.size > most) return undefined;
  }
  return { classes: extended(classes, [...made.values()], moved), splits: [...made.values()] };
}

interface Draft extends Split {
  readonly labels: Int32Array;
  readonly ports: number;
  size: number;
}

/** Pods that a new word may tell apart from others of their class; some twice. */
function* touchedPods(workloads: readonly Workload[], { labels, portNames }: NewWords): Generator<Pod> {
  for (const { key, value } of labels) {
    for (const pod of podsWithLabel(workloads).get(key) ?? []) {
      if (value === undefined || (pod.labels?.[key] ?? "") === value) yield pod;
    }
  }
  if (portNames.length === 0) return;
  for (const { pods } of workloads) {
    for (const pod of pods) if (pod.ports.some(({ name }) => portNames.includes(name))) yield pod;
  }
}

const podsByLabel = new WeakMap<readonly Workload[], ReadonlyMap<string, readonly Pod[]>>();

/** Pods by the keys of their labels; made once for all networks with the same workloads. O(labels). */
function podsWithLabel(workloads: readonly Workload[]): ReadonlyMap<string, readonly Pod[]> {
  const known = podsByLabel.get(workloads);
  if (known !== undefined) return known;
  const made = new Map<string, Pod[]>();
  for (const { pods } of workloads) {
    for (const pod of pods) {
      for (const key in pod.labels) {
        if (!Object.hasOwn(pod.labels, key)) continue;
        const list = made.get(key);
        if (list === undefined) made.set(key, [pod]);
        else list.push(pod);
      }
    }
  }
  podsByLabel.set(workloads, made);
  return made;
}

function extended(classes: PodClasses, drafts: readonly Draft[], moved: readonly [Pod, ClassId][]): PodClasses {
  if (drafts.length === 0) return classes;
  const { count } = classes;
  const total = count + drafts.length;
  const namespaceOf = grown(classes.namespaceOf, count, new Int32Array(total + 1).fill(-1));
  const portsOf = grown(classes.portsOf, count, new Int32Array(total + 1));
  const isHostNetwork = grown(classes.isHostNetwork, count, new Uint8Array(total + 1));
  const sizeOf = grown(classes.sizeOf, count, new Int32Array(total + 1));
  for (const { from, to, ports, size } of drafts) {
    namespaceOf[to] = namespaceOf[from]!;
    portsOf[to] = ports;
    isHostNetwork[to] = isHostNetwork[from]!;
    sizeOf[from]! -= size;
    sizeOf[to] = size;
  }
  const before = historyOf.get(classes) ?? { unsplit: classes, places: new Map<Pod, ClassId>() };
  const history = { unsplit: before.unsplit, places: withChanges(before.places, moved) };
  const split: PodClasses = {
    ...classes,
    count: total,
    outside: total,
    labelsOf: [...classes.labelsOf, ...drafts.map(({ labels }) => labels)],
    namespaceOf,
    portsOf,
    isHostNetwork,
    sizeOf,
    classOf: (pod) => {
      const place = history.places.get(pod);
      if (place !== undefined) return place;
      const first = history.unsplit.classOf(pod);
      return first === history.unsplit.outside ? total : first; // a pod that is not known is outside
    },
  };
  historyOf.set(split, history);
  return split;
}

interface History {
  readonly unsplit: PodClasses;
  /** Where pods went that left their first class. */
  readonly places: ReadonlyMap<Pod, ClassId>;
}

const historyOf = new WeakMap<PodClasses, History>();

function grown<A extends Int32Array | Uint8Array>(old: A, count: number, room: A): A {
  room.set(old.subarray(0, count));
  return room;
}
