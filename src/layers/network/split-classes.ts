// Classes of pods after policies named labels or ports that none named before: pods that have them leave their class for
// a new one. Classes keep their numbers, so that whatever is known about them stays known.

import type { LabelDictionary, LabelWord } from "./label-dictionary.ts";
import { withChanges } from "./layered-map.ts";
import { NO_NAMED_PORTS, type PortTables } from "./named-ports.ts";
import type { Pod } from "./pod.ts";
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

/** `undefined` where so much is new that everything is better made anew. O(pods × new words). */
export function splitClasses(
  classes: PodClasses,
  pods: Iterable<Pod>,
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
  for (const pod of pods) {
    if (!isTouched(pod, words)) continue;
    const from = classes.classOf(pod);
    dictionary.encodeInto(pod.labels, pairs);
    const ports = pod.ports.length === 0 ? NO_NAMED_PORTS : tables.tableOf(pod.ports);
    const key = `${from} ${ports} ${pairs.join()}`;
    let draft = made.get(key);
    if (draft === undefined) {
      draft = { from, to: classes.count + made.size, labels: Int32Array.from(pairs), ports, size: 0 };
      made.set(key, draft);
      if (made.size > most) return undefined;
    }
    draft.size++;
    moved.push([pod, draft.to]);
  }
  return { classes: extended(classes, [...made.values()], moved), splits: [...made.values()] };
}

interface Draft extends Split {
  readonly labels: Int32Array;
  readonly ports: number;
  size: number;
}

function isTouched({ labels, ports }: Pod, words: NewWords): boolean {
  for (const { key, value } of words.labels) {
    if (labels == null || !Object.hasOwn(labels, key)) continue;
    if (value === undefined || (labels[key] ?? "") === value) return true;
  }
  return words.portNames.length > 0 && ports.some(({ name }) => words.portNames.includes(name));
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
