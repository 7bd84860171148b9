// The classes a pod peer or a subject stands for. Each distinct peer is worked out once, however many rules have it.

import type { ClassId, PodClasses } from "./pod-classes.ts";
import type { CompiledSelector, LabelCode } from "./label-dictionary.ts";
import { selects } from "./label-dictionary.ts";
import { createLabelIndex, lowerBound, rising } from "./label-index.ts";

/** A namespace by number (-1: one that has no pods and is not given), or those a selector takes. */
export type CompiledScope =
  | { readonly kind: "own"; readonly namespace: number }
  | { readonly kind: "selected"; readonly selector: CompiledSelector };

export interface PeerSet {
  /** Every pod there can be: also pods of namespaces and labels that are not there yet. */
  readonly isEveryPod: boolean;
  /** Rising. */
  readonly classes: () => Int32Array;
  readonly has: (id: ClassId) => boolean;
}

export interface PeerSets {
  /** `withHosts`: whether host-network pods count (in NetworkPolicies they may, in cluster policies they do not). */
  readonly setOf: (scope: CompiledScope, pods: CompiledSelector, withHosts: boolean) => PeerSet;
}

/** Past this many namespaces, all pods are matched first and filtered by namespace. */
const FEW_NAMESPACES = 4;

export function createPeerSets(classes: PodClasses, namespaceLabels: readonly LabelCode[]): PeerSets {
  const podIndex = createLabelIndex(classes.labelsOf);
  const namespaceIndex = createLabelIndex(namespaceLabels);
  const hasHosts = classes.isHostNetwork.includes(1);
  const namespaceLists = new Map<number, Int32Array>();
  const everywhere = new Map<number, Int32Array>();
  const sets = new Map<number, PeerSet>();

  const namespacesOf = (selector: CompiledSelector): Int32Array =>
    remember(namespaceLists, selector.id, () => namespaceIndex.matching(selector, 0, namespaceLabels.length));
  const inNamespace = (pods: CompiledSelector, namespace: number): Int32Array =>
    podIndex.matching(pods, classes.firstOfNamespace[namespace] ?? 0, classes.firstOfNamespace[namespace + 1] ?? 0);
  const inNamespaces = (pods: CompiledSelector, namespaces: Int32Array): Int32Array => {
    if (namespaces.length === 0) return new Int32Array(0);
    if (namespaces.length === namespaceLabels.length && pods.requirements.length === 0) return rising(0, classes.count);
    if (namespaces.length <= FEW_NAMESPACES || pods.requirements.length === 0) {
      return joined([...namespaces].map((namespace) => inNamespace(pods, namespace)));
    }
    const isTaken = new Uint8Array(namespaceLabels.length);
    for (const namespace of namespaces) isTaken[namespace] = 1;
    const all = remember(everywhere, pods.id, () => podIndex.matching(pods, 0, classes.count));
    return all.filter((id) => isTaken[classes.namespaceOf[id] ?? 0] === 1);
  };
  const find = (scope: CompiledScope, pods: CompiledSelector, withHosts: boolean): Int32Array => {
    const found =
      scope.kind === "selected"
        ? inNamespaces(pods, namespacesOf(scope.selector))
        : scope.namespace < 0
          ? new Int32Array(0)
          : inNamespace(pods, scope.namespace);
    return withHosts || !hasHosts ? found : found.filter((id) => classes.isHostNetwork[id] === 0);
  };
  const createSet = (scope: CompiledScope, pods: CompiledSelector, withHosts: boolean): PeerSet => {
    let list: Int32Array | undefined;
    const requirements = scope.kind === "selected" ? scope.selector.requirements.length : 1;
    const isEveryPod = requirements === 0 && pods.requirements.length === 0 && (withHosts || !hasHosts);
    const isInScope = (namespace: number): boolean =>
      scope.kind === "own"
        ? namespace === scope.namespace
        : selects(scope.selector, namespaceLabels[namespace] ?? new Int32Array(0));
    return {
      isEveryPod,
      classes: () => (list ??= find(scope, pods, withHosts)),
      has: (id) => {
        if (id >= classes.count || (!withHosts && classes.isHostNetwork[id] === 1)) return false;
        if (list !== undefined) return list[lowerBound(list, id)] === id;
        return isInScope(classes.namespaceOf[id] ?? -1) && selects(pods, classes.labelsOf[id] ?? new Int32Array(0));
      },
    };
  };
  return {
    setOf: (scope, pods, withHosts) => {
      const where = scope.kind === "own" ? scope.namespace + 1 : -1 - scope.selector.id;
      return remember(sets, (pods.id * 0x4000000 + where) * 2 + (withHosts ? 1 : 0), () =>
        createSet(scope, pods, withHosts),
      );
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
