// The compiled policies of a world, numbered. Numbers are never used twice, not even by worlds that changed from the same
// one, so that what was worked out for a set of policies stays valid when others change.

import { compilePolicy, type CompiledPolicy } from "./compiled-policy.ts";
import type { Node } from "./inventory.ts";
import { withChanges } from "./layered-map.ts";
import type { ReadPolicy } from "./read-network-policy.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface PolicyStore {
  /** By number; also those that are gone or of other worlds: one list, which only grows, for all. */
  readonly compiled: CompiledPolicy[];
  /** Numbers by identity: the policies there are. */
  readonly numbers: ReadonlyMap<string, number>;
}

export interface PolicyChange {
  readonly store: PolicyStore;
  readonly gone: readonly number[];
  readonly added: readonly number[];
}

/** Compiles what was read; refused policies have no number. O(size of what is read). */
export function createPolicyStore(
  reads: ReadonlyMap<string, ReadPolicy>,
  vocabulary: Vocabulary,
  nodes: readonly Node[],
): PolicyStore {
  const compiled: CompiledPolicy[] = [];
  const numbers = new Map<string, number>();
  for (const [key, { policy }] of reads) {
    if (policy !== undefined) numbers.set(key, compiled.push(compilePolicy(policy, vocabulary, nodes)) - 1);
  }
  return { compiled, numbers };
}

/** Replaces, adds and (where there is no policy) removes. O(size of what is read). */
export function changePolicies(
  store: PolicyStore,
  reads: Iterable<readonly [key: string, read: ReadPolicy | undefined]>,
  vocabulary: Vocabulary,
  nodes: readonly Node[],
): PolicyChange {
  const { compiled } = store;
  const changes = new Map<string, number | undefined>();
  const gone: number[] = [];
  const added: number[] = [];
  for (const [key, read] of reads) {
    const before = changes.has(key) ? changes.get(key) : store.numbers.get(key);
    if (before !== undefined) gone.push(before);
    changes.set(key, undefined);
    if (read?.policy === undefined) continue;
    const number = compiled.push(compilePolicy(read.policy, vocabulary, nodes)) - 1;
    changes.set(key, number);
    added.push(number);
  }
  return { store: { compiled, numbers: withChanges(store.numbers, changes) }, gone, added };
}

/** Numbers of the policies there are, cluster policies by priority. */
export function orderOf({ compiled, numbers }: PolicyStore): readonly number[] {
  const priorityOf = (number: number): number => compiled[number]?.policy.priority ?? 0;
  return [...numbers.values()].sort((a, b) => priorityOf(a) - priorityOf(b));
}
