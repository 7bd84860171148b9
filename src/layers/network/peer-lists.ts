// The classes each peer set stands for among the pods there are. Worked out when first asked, once per set.

import type { ClassId, PodClasses } from "./pod-classes.ts";
import { selects, type CompiledSelector, type LabelCode } from "./label-dictionary.ts";
import { createLabelIndex, lowerBound, rising } from "./label-index.ts";
import type { PeerSet } from "./peer-set.ts";

export interface PeerLists {
  /** Rising. */
  readonly classesOf: (set: PeerSet) => Int32Array;
  readonly has: (set: PeerSet, id: ClassId) => boolean;
}

/** Past this many namespaces, all pods are matched first and filtered by namespace. */
const FEW_NAMESPACES = 4;
const NO_LABELS: LabelCode = new Int32Array(0);
const NO_CLASSES = new Int32Array(0);

/** `namespaceLabels` by namespace number. */
export function createPeerLists(classes: PodClasses, namespaceLabels: readonly LabelCode[]): PeerLists {
  const podIndex = createLabelIndex(classes.labelsOf);
  const namespaceIndex = createLabelIndex(namespaceLabels);
  const hasHosts = classes.isHostNetwork.includes(1);
  const namespaceLists = new Map<number, Int32Array>();
  const everywhere = new Map<number, Int32Array>();
  const lists: (Int32Array | undefined)[] = [];

  const namespacesOf = (selector: CompiledSelector): Int32Array =>
    remember(namespaceLists, selector.id, () => namespaceIndex.matching(selector, 0, namespaceLabels.length));
  const inNamespace = (pods: CompiledSelector, namespace: number): Int32Array =>
    podIndex.matching(pods, classes.firstOfNamespace[namespace] ?? 0, classes.firstOfNamespace[namespace + 1] ?? 0);
  const inNamespaces = (pods: CompiledSelector, namespaces: Int32Array): Int32Array => {
    if (namespaces.length === 0) return NO_CLASSES;
    if (namespaces.length === namespaceLabels.length && pods.requirements.length === 0) return rising(0, classes.count);
    if (namespaces.length <= FEW_NAMESPACES || pods.requirements.length === 0) {
      return joined([...namespaces].map((namespace) => inNamespace(pods, namespace)));
    }
    const isTaken = new Uint8Array(namespaceLabels.length);
    for (const namespace of namespaces) isTaken[namespace] = 1;
    const all = remember(everywhere, pods.id, () => podIndex.matching(pods, 0, classes.count));
    return all.filter((id) => isTaken[classes.namespaceOf[id] ?? 0] === 1);
  };
  const find = ({ scope, pods, withHosts }: PeerSet): Int32Array => {
    const found =
      scope.kind === "own" ? inNamespace(pods, scope.namespace) : inNamespaces(pods, namespacesOf(scope.selector));
    return withHosts || !hasHosts ? found : found.filter((id) => classes.isHostNetwork[id] === 0);
  };
  return {
    classesOf: (set) => (lists[set.id] ??= find(set)),
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
