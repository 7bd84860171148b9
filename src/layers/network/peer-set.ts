// What a pod peer or a subject says, interned: equal peers of any number of rules are one set.

import type { CompiledSelector } from "./label-dictionary.ts";

/** One namespace by its number, or those a selector takes. */
export type CompiledScope =
  | { readonly kind: "own"; readonly namespace: number }
  | { readonly kind: "selected"; readonly selector: CompiledSelector };

export interface PeerSet {
  readonly id: number;
  readonly scope: CompiledScope;
  readonly pods: CompiledSelector;
  /** Whether host-network pods may count: in NetworkPolicies they may, in cluster policies they do not. */
  readonly withHosts: boolean;
  /** Every pod there can be: also pods of namespaces and labels that are not there yet. */
  readonly isEveryPod: boolean;
}

export interface PeerSets {
  readonly setOf: (scope: CompiledScope, pods: CompiledSelector, withHosts: boolean) => PeerSet;
  /** Sets are numbered below this. */
  readonly count: () => number;
}

export function createPeerSets(): PeerSets {
  const byPods: (Map<number, PeerSet> | undefined)[] = [];
  let count = 0;
  return {
    count: () => count,
    setOf: (scope, pods, withHosts) => {
      const known = (byPods[pods.id] ??= new Map());
      const where = scope.kind === "own" ? scope.namespace : -1 - scope.selector.id;
      const key = where * 2 + (withHosts ? 1 : 0);
      const found = known.get(key);
      if (found !== undefined) return found;
      const isEverywhere = scope.kind === "selected" && scope.selector.requirements.length === 0;
      const isEveryPod = isEverywhere && pods.requirements.length === 0 && withHosts;
      const made: PeerSet = { id: count++, scope, pods, withHosts, isEveryPod };
      known.set(key, made);
      return made;
    },
  };
}
