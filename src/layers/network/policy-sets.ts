// Which policies select which class, as numbers: classes selected by the same policies have the same set number, and
// therefore the same rows.

import type { CompiledPolicy } from "./compiled-policy.ts";
import type { PeerLists } from "./peer-lists.ts";
import type { Split } from "./split-classes.ts";
import { DIRECTIONS, type Direction, type Tier } from "./policy.ts";

export type PolicySetId = number;
export const EMPTY_SET: PolicySetId = 0;

export interface PolicySets {
  /** The set with one more policy; sets that got the same policies in the same order are the same. */
  readonly add: (set: PolicySetId, policy: number) => PolicySetId;
  /** Numbers of the policies, in the order they were added. */
  readonly membersOf: (set: PolicySetId) => readonly number[];
}

/** The policies of each tier that speak about one direction of a class's traffic. */
export interface SelectionByTier {
  readonly Admin: Int32Array;
  readonly NetworkPolicy: Int32Array;
  readonly Baseline: Int32Array;
}

export interface Selection {
  readonly sets: PolicySets;
  readonly ingress: SelectionByTier;
  readonly egress: SelectionByTier;
}

const MOST_POLICIES = 0x4000000;

function createPolicySets(): PolicySets {
  /** Sets of one policy, which most are, by policy; the others by set and policy. */
  const single: (PolicySetId | undefined)[] = [];
  const grown = new Map<number, PolicySetId>();
  const lists: (readonly number[] | undefined)[] = [[]];
  const parents: number[] = [0];
  const lasts: number[] = [-1];
  const membersOf = (set: PolicySetId): readonly number[] => {
    const known = lists[set];
    if (known !== undefined) return known;
    const list = membersOf(parents[set] ?? 0).concat(lasts[set] ?? 0); // no longer than it is, unlike a spread
    lists[set] = list;
    return list;
  };
  const create = (set: PolicySetId, policy: number): PolicySetId => {
    lasts.push(policy);
    lists.push(set === EMPTY_SET ? [policy] : undefined);
    return parents.push(set) - 1;
  };
  return {
    membersOf,
    add: (set, policy) => {
      if (set === EMPTY_SET) return (single[policy] ??= create(set, policy));
      const key = set * MOST_POLICIES + policy;
      let id = grown.get(key);
      if (id === undefined) grown.set(key, (id = create(set, policy)));
      return id;
    },
  };
}

/**
 * Works out which policies select each class. `order` lists policy numbers, cluster policies by priority.
 * O(selected classes over all policies).
 */
export function selectClasses(
  policies: readonly CompiledPolicy[],
  order: Iterable<number>,
  lists: PeerLists,
  classCount: number,
): Selection {
  const sets = createPolicySets();
  const empty = (): Int32Array => new Int32Array(classCount + 1);
  const tiers = (): SelectionByTier => ({ Admin: empty(), NetworkPolicy: empty(), Baseline: empty() });
  const selection: Selection = { sets, ingress: tiers(), egress: tiers() };
  for (const number of order) {
    const compiled = policies[number];
    if (compiled === undefined) continue;
    const selected = lists.classesOf(compiled.subject);
    for (const direction of DIRECTIONS) {
      if (!speaksOf(compiled, direction)) continue;
      const column = selection[direction][compiled.policy.tier];
      for (const id of selected) column[id] = sets.add(column[id] ?? EMPTY_SET, number);
    }
  }
  return selection;
}

/** The selection after some policies went and others came. O(classes they select), and a copy of the columns changed. */
export function changeSelection(
  selection: Selection,
  policies: readonly CompiledPolicy[],
  gone: readonly number[],
  added: readonly number[],
  lists: PeerLists,
): Selection {
  const { sets } = selection;
  const changed: Record<Direction, Record<Tier, Int32Array>> = {
    ingress: { ...selection.ingress },
    egress: { ...selection.egress },
  };
  const priorityOf = (number: number): number => policies[number]?.policy.priority ?? 0;
  const update = (number: number, change: (members: readonly number[]) => readonly number[]): void => {
    const compiled = policies[number];
    if (compiled === undefined) return;
    for (const direction of DIRECTIONS) {
      if (!speaksOf(compiled, direction)) continue;
      const { tier } = compiled.policy;
      const isOwn = changed[direction][tier] !== selection[direction][tier];
      const column = isOwn ? changed[direction][tier] : (changed[direction][tier] = selection[direction][tier].slice());
      for (const id of lists.classesOf(compiled.subject)) {
        column[id] = change(sets.membersOf(column[id] ?? EMPTY_SET)).reduce(sets.add, EMPTY_SET);
      }
    }
  };
  for (const number of gone) update(number, (members) => members.filter((member) => member !== number));
  for (const number of added) {
    update(number, (members) => [...members, number].sort((a, b) => priorityOf(a) - priorityOf(b)));
  }
  return { sets, ...changed };
}

/** The selection after classes were split: policies that were there select a new class as the one it came from. */
export function splitSelection(selection: Selection, splits: readonly Split[], classCount: number): Selection {
  const grow = (column: Int32Array): Int32Array => {
    const grown = new Int32Array(classCount + 1);
    grown.set(column.subarray(0, column.length - 1));
    for (const { from, to } of splits) grown[to] = column[from]!;
    return grown;
  };
  const growAll = ({ Admin, NetworkPolicy, Baseline }: SelectionByTier): SelectionByTier => ({
    Admin: grow(Admin),
    NetworkPolicy: grow(NetworkPolicy),
    Baseline: grow(Baseline),
  });
  return { sets: selection.sets, ingress: growAll(selection.ingress), egress: growAll(selection.egress) };
}

/** A NetworkPolicy isolates without any rule; a cluster policy without rules does nothing. */
function speaksOf({ policy, ingress, egress }: CompiledPolicy, direction: Direction): boolean {
  const rules = direction === "ingress" ? ingress : egress;
  return policy.tier === "NetworkPolicy" ? rules !== undefined : rules !== undefined && rules.length > 0;
}
