// What NetworkPolicies say twice. NetworkPolicies of a namespace add up (k8s.io/api/networking/v1), so a peer of a rule
// is redundant exactly if the union of all other rules admits what it admits; here for every pod, namespace and address
// there could be, not for those of the input.

import { DIRECTIONS, type Direction, type Policy } from "../policy.ts";

import { contains, coverOf, type Box } from "./box.ts";
import { createCandidates } from "./candidates.ts";
import { entriesIn, type Entry } from "./entry.ts";
import type { Space } from "./space.ts";

export interface Redundancy {
  /** Entries that may all be left out at once, with the remaining ones that together admit what each admits. */
  readonly entries: ReadonlyMap<Entry, readonly Entry[]>;
  /** Policies that may all be left out at once, with the remaining ones that admit and isolate the same. */
  readonly policies: ReadonlyMap<Policy, readonly Policy[]>;
  readonly entriesOf: (policy: Policy, direction: Direction) => readonly Entry[];
}

/**
 * Judges the NetworkPolicies of one namespace. What comes last goes first. About linear where policies differ in their
 * labels; an entry is compared with a few at most.
 */
export function findRedundancy(space: Space, policies: readonly Policy[]): Redundancy {
  const all = new Map<Policy, Readonly<Record<Direction, readonly Entry[]>>>();
  for (const policy of policies) {
    all.set(policy, { ingress: entriesIn(space, policy, "ingress"), egress: entriesIn(space, policy, "egress") });
  }
  const entriesOf = (policy: Policy, direction: Direction): readonly Entry[] => all.get(policy)?.[direction] ?? [];
  const gone = new Map<Entry, readonly Entry[]>();
  for (const direction of DIRECTIONS) {
    const entries = policies.flatMap((policy) => entriesOf(policy, direction));
    if (entries.length > 1) findInDirection(entries, gone);
  }
  return { entries: gone, policies: redundantPolicies(space, policies, entriesOf, gone), entriesOf };
}

function findInDirection(entries: readonly Entry[], gone: Map<Entry, readonly Entry[]>): void {
  const candidatesOf = createCandidates(entries);
  const coveredBy = (entry: Entry): readonly Entry[] | undefined => {
    const candidates = candidatesOf(entry, (other) => gone.has(other));
    if (candidates.length === 0) return undefined;
    const cover = coverOf(
      entry.box,
      candidates.map(({ box }) => box),
    );
    return cover?.flatMap((at) => candidates[at] ?? []);
  };
  const found: Entry[] = [];
  for (const entry of entries.toReversed()) {
    const by = coveredBy(entry);
    if (by === undefined) continue;
    gone.set(entry, by);
    found.push(entry);
  }
  for (const entry of found) gone.set(entry, coveredBy(entry) ?? gone.get(entry) ?? []); // by what remains in the end
}

/** Policies whose rules are all redundant and whose pods others isolate in the same directions. */
function redundantPolicies(
  space: Space,
  policies: readonly Policy[],
  entriesOf: Redundancy["entriesOf"],
  redundant: ReadonlyMap<Entry, readonly Entry[]>,
): Redundancy["policies"] {
  const gone = new Set<Policy>();
  const isolatedBy = (judged: Policy): readonly Policy[] | undefined => isolation(space, policies, judged, gone);
  const entries = (judged: Policy): readonly Entry[] => DIRECTIONS.flatMap((direction) => entriesOf(judged, direction));
  for (const judged of policies.toReversed()) {
    const own = entries(judged);
    const isSaidElsewhere = own.length > 0 && own.every((entry) => redundant.has(entry)); // without rules: to isolate
    if (isSaidElsewhere && isolatedBy(judged) !== undefined) gone.add(judged);
  }
  const found = new Map<Policy, readonly Policy[]>();
  for (const judged of gone) {
    const admitting = entries(judged).flatMap((entry) => redundant.get(entry)?.map(({ policy }) => policy) ?? []);
    found.set(
      judged,
      [...new Set([...admitting, ...(isolatedBy(judged) ?? [])])].filter((one) => one !== judged),
    );
  }
  return found;
}

/** Past this many policies, only one that isolates all of the pods counts. */
const MOST_TOGETHER = 64;

function isolation(
  space: Space,
  policies: readonly Policy[],
  judged: Policy,
  gone: ReadonlySet<Policy>,
): readonly Policy[] | undefined {
  const subjectOf = (policy: Policy): Box | undefined => space.subject(policy)?.box;
  const subject = subjectOf(judged);
  if (subject === undefined) return undefined;
  const isolating: Policy[] = [];
  for (const direction of DIRECTIONS) {
    if (judged[direction] === undefined) continue;
    const isOther = (other: Policy): boolean => other !== judged && !gone.has(other) && other[direction] !== undefined;
    const isWider = (other: Policy): boolean => {
      const box = isOther(other) ? subjectOf(other) : undefined;
      return box !== undefined && contains(box, subject);
    };
    const single = policies.find(isWider);
    if (single !== undefined) {
      isolating.push(single);
      continue;
    }
    const others = policies.length > MOST_TOGETHER ? [] : policies.filter(isOther);
    const boxes = others.flatMap((other) => subjectOf(other) ?? []);
    const cover = boxes.length === others.length ? coverOf(subject, boxes) : undefined;
    if (cover === undefined) return undefined;
    isolating.push(...cover.flatMap((at) => others[at] ?? []));
  }
  return isolating;
}
