// The classes each peer set stands for among the pods there are. Worked out when first asked, once per set.

import type { ClassId, PodClasses } from "./pod-classes.ts";
import { selects, type CompiledSelector, type LabelCode } from "./label-dictionary.ts";
import { createLabelIndex, lowerBound, rising, type LabelIndex } from "./label-index.ts";
import type { PeerSet } from "./peer-set.ts";
import type { Split } from "./split-classes.ts";

export interface PeerLists {
  /** Rising. */
  readonly classesOf: (set: PeerSet) => Int32Array;
  readonly has: (set: PeerSet, id: ClassId) => boolean;
  /** For the lists that follow when classes are split. */
  readonly podIndex: LabelIndex;
  readonly namespaceLabels: readonly LabelCode[];
  readonly namespaces: NamespaceLists;
}

/** Past this many namespaces, all pods are matched first and filtered by namespace. */
const FEW_NAMESPACES = 4;
const NO_LABELS: LabelCode = new Int32Array(0);
const NO_CLASSES = new Int32Array(0);

/** What stays of lists when classes were split: those of sets whose words were known, and the index of first classes. */
export interface ListsBefore {
  readonly lists: PeerLists;
  readonly splits: readonly Split[];
  /** Sets from this number on are new. */
  readonly setCount: number;
}

/** `namespaceLabels` by namespace number. */
export function createPeerLists(
  classes: PodClasses,
  namespaceLabels: readonly LabelCode[],
  before?: ListsBefore,
): PeerLists {
  const podIndex = before?.lists.podIndex ?? createLabelIndex(classes.labelsOf.slice(0, classes.firstSplit));
  const isSameNamespaces = before?.lists.namespaceLabels === namespaceLabels;
  const namespaces = isSameNamespaces ? before.lists.namespaces : createNamespaceLists(namespaceLabels);
  const hasHosts = classes.isHostNetwork.includes(1);
  const hasEmpty = classes.count > classes.firstSplit && classes.sizeOf.subarray(0, classes.count).includes(0);
  const everywhere = new Map<number, Int32Array>();
  const lists: (Int32Array | undefined)[] = [];

  /** Classes that came by splitting, which no index knows: few. */
  const addSplit = (first: Int32Array, pods: CompiledSelector, namespace?: number): Int32Array => {
    if (classes.count === classes.firstSplit) return first;
    const more: number[] = [];
    for (let id = classes.firstSplit; id < classes.count; id++) {
      if (namespace !== undefined && classes.namespaceOf[id] !== namespace) continue;
      if (selects(pods, classes.labelsOf[id] ?? NO_LABELS)) more.push(id);
    }
    return more.length === 0 ? first : joined([first, Int32Array.from(more)]);
  };
  const firstInNamespace = (pods: CompiledSelector, namespace: number): Int32Array =>
    namespace + 1 < classes.firstOfNamespace.length
      ? podIndex.matching(pods, classes.firstOfNamespace[namespace]!, classes.firstOfNamespace[namespace + 1]!)
      : NO_CLASSES;
  const allMatching = (pods: CompiledSelector): Int32Array =>
    addSplit(podIndex.matching(pods, 0, classes.firstSplit), pods);
  const inNamespaces = (pods: CompiledSelector, taken: Int32Array): Int32Array => {
    if (taken.length === 0) return NO_CLASSES;
    const isEverywhere = taken.length === namespaceLabels.length && pods.requirements.length === 0;
    if (isEverywhere) return rising(0, classes.count);
    const isTaken = new Uint8Array(namespaceLabels.length);
    for (const namespace of taken) isTaken[namespace] = 1;
    const ofTaken = (id: number): boolean => isTaken[classes.namespaceOf[id] ?? 0] === 1;
    if (taken.length <= FEW_NAMESPACES || pods.requirements.length === 0) {
      const first = joined(Array.from(taken, (namespace) => firstInNamespace(pods, namespace)));
      const split = addSplit(NO_CLASSES, pods).filter(ofTaken);
      return split.length === 0 ? first : joined([first, split]);
    }
    return remember(everywhere, pods.id, () => allMatching(pods)).filter(ofTaken);
  };
  const find = ({ scope, pods, withHosts }: PeerSet): Int32Array => {
    const found =
      scope.kind === "own"
        ? addSplit(firstInNamespace(pods, scope.namespace), pods, scope.namespace)
        : inNamespaces(pods, namespaces.matching(scope.selector));
    const isEligible = (id: number): boolean =>
      (withHosts || classes.isHostNetwork[id] === 0) && (!hasEmpty || classes.sizeOf[id]! > 0);
    return (withHosts || !hasHosts) && !hasEmpty ? found : found.filter(isEligible);
  };
  const listOf = (set: PeerSet): Int32Array =>
    before !== undefined && set.id < before.setCount
      ? afterSplits(before.lists.classesOf(set), before.splits, classes)
      : find(set);
  return {
    podIndex,
    namespaceLabels,
    namespaces,
    classesOf: (set) => (lists[set.id] ??= listOf(set)),
    has: (set, id) => {
      if (id >= classes.count || (!set.withHosts && classes.isHostNetwork[id] === 1)) return false;
      const list = lists[set.id];
      if (list !== undefined) return list[lowerBound(list, id)] === id;
      const namespace = classes.namespaceOf[id] ?? -1;
      const isInScope =
        set.scope.kind === "own"
          ? namespace === set.scope.namespace
          : selects(set.scope.selector, namespaceLabels[namespace] ?? NO_LABELS);
      return isInScope && selects(set.pods, classes.labelsOf[id] ?? NO_LABELS);
    },
  };
}

/** New classes stand where the class stands that they were split from. */
function afterSplits(list: Int32Array, splits: readonly Split[], classes: PodClasses): Int32Array {
  const more: number[] = [];
  let hasEmpty = false;
  for (const { from, to } of splits) {
    if (list[lowerBound(list, from)] !== from) continue;
    more.push(to);
    if (classes.sizeOf[from] === 0) hasEmpty = true;
  }
  if (more.length === 0) return list;
  const all = joined([list, Int32Array.from(more)]);
  return hasEmpty ? all.filter((id) => classes.sizeOf[id]! > 0) : all;
}

interface NamespaceLists {
  /** Numbers of the namespaces a selector takes, rising. */
  readonly matching: (selector: CompiledSelector) => Int32Array;
}

function createNamespaceLists(namespaceLabels: readonly LabelCode[]): NamespaceLists {
  const index = createLabelIndex(namespaceLabels);
  const lists = new Map<number, Int32Array>();
  return {
    matching: (selector) => remember(lists, selector.id, () => index.matching(selector, 0, namespaceLabels.length)),
  };
}

function remember<V>(known: Map<number, V>, key: number, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
