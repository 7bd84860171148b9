// Rules of AdminNetworkPolicies, ClusterNetworkPolicies and their like that decide nothing: earlier rules take all they
// match, or the next rule says the same (network-policy-api `api-overview`: the first match of a tier decides, Pass
// leaves it, policies of equal priority have no order). For every pod there could be, not for those of the input.

import { DIRECTIONS, type Direction, type Policy, type Rule } from "../policy.ts";
import { contains, coverOf, meets, without, type Box } from "./box.ts";
import { entriesOf } from "./entry.ts";
import { unsureAxes, type Space } from "./space.ts";

/** A rule of a tier with what it is about. */
export interface TierRule {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly rule: Rule;
  /** One for each peer. */
  readonly boxes: readonly Box[];
}

export interface TierOrder {
  /** Rules that never decide, with the earlier rules that do. */
  readonly shadowed: ReadonlyMap<TierRule, readonly TierRule[]>;
  /** Rules without which later rules decide the same (or, for an empty list, nobody otherwise); all may go at once. */
  readonly redundant: ReadonlyMap<TierRule, readonly TierRule[]>;
}

/** Judges all cluster policies. O(rules² × peers) in the rules whose subjects, peers and ports meet. */
export function findTierOrder(space: Space, policies: readonly Policy[]): TierOrder {
  const shadowed = new Map<TierRule, readonly TierRule[]>();
  const redundant = new Map<TierRule, readonly TierRule[]>();
  for (const direction of DIRECTIONS) {
    const [admin, baseline] = (["Admin", "Baseline"] as const).map((tier) => rulesOf(space, policies, tier, direction));
    const decided = decidedBy(admin ?? []);
    for (const [rules, before] of [
      [admin ?? [], []],
      [baseline ?? [], decided],
    ] as const) {
      for (const rule of rules) {
        if (rule.boxes.length === 0 || rule.rule.isFailedClosed) continue;
        const by = shadowOf(rule, [...before, ...rules.filter((other) => isEarlier(other, rule))]);
        if (by !== undefined) shadowed.set(rule, by);
      }
      // A shadowed rule takes nobody's place, but it decides once those before it are gone.
      const takesPlace = (other: TierRule): boolean => !shadowed.has(other);
      for (const rule of rules) {
        if (rule.boxes.length === 0 || rule.rule.isFailedClosed || shadowed.has(rule)) continue;
        const others = rules.filter((other) => !redundant.has(other));
        const after = sameAfter(rule, others, takesPlace);
        if (after !== undefined) redundant.set(rule, after);
      }
    }
  }
  return { shadowed, redundant };
}

/** In the order asked. */
function rulesOf(space: Space, policies: readonly Policy[], tier: string, direction: Direction): readonly TierRule[] {
  return policies
    .filter((policy) => policy.tier === tier)
    .toSorted((a, b) => a.priority - b.priority)
    .flatMap((policy) =>
      (policy[direction] ?? []).map((rule): TierRule => {
        const boxes = entriesOf(space, policy, direction, rule).map(({ box }) => box);
        return { policy, direction, rule, boxes };
      }),
    );
}

/** Whether a rule is asked before another, whatever the order of policies of one priority. */
function isEarlier(one: TierRule, other: TierRule): boolean {
  if (one.policy === other.policy) return one.rule.index < other.rule.index;
  return one.policy.priority < other.policy.priority;
}

function mayMeet(one: Box, other: Box): boolean {
  return meets(one, other, unsureAxes(one, other));
}

/** Admin rules that accept or deny whatever they match: no Pass may be asked before them. */
function decidedBy(rules: readonly TierRule[]): readonly TierRule[] {
  const passes = rules.filter(({ rule }) => rule.action === "Pass");
  return rules.flatMap((one): readonly TierRule[] => {
    if (one.rule.action === "Pass") return [];
    const rivals = passes.filter((pass) => !isEarlier(one, pass)).flatMap(({ boxes }) => boxes);
    const boxes = one.boxes.filter((box) => !rivals.some((rival) => mayMeet(box, rival)));
    return boxes.length === 0 ? [] : [{ ...one, boxes }];
  });
}

/** A rule is compared with this many others that it meets, and cut as often; beyond, only with those that contain it. */
const MOST_CUTS = 64;

function shadowOf(rule: TierRule, earlier: readonly TierRule[]): readonly TierRule[] | undefined {
  const used = new Set<TierRule>();
  for (const own of rule.boxes) {
    const near: { readonly other: TierRule; readonly box: Box }[] = [];
    let single: TierRule | undefined;
    for (const other of earlier) {
      for (const box of single === undefined ? other.boxes : []) {
        if (near.length < MOST_CUTS && meets(own, box)) near.push({ other, box });
        if (contains(box, own)) single = other;
      }
      if (single !== undefined) break;
    }
    const boxes = near.map(({ box }) => box);
    const cover = single === undefined ? coverOf(own, boxes, MOST_CUTS) : [];
    if (cover === undefined) return undefined;
    if (single !== undefined) used.add(single);
    for (const at of cover) used.add(near[at]?.other ?? rule);
  }
  return used.size === 0 ? undefined : [...used];
}

/** The later rules that do the same with all a rule decides; what no later rule matches is as good as this at the end. */
function sameAfter(
  rule: TierRule,
  rules: readonly TierRule[],
  takesPlace: (other: TierRule) => boolean,
): readonly TierRule[] | undefined {
  const { action } = rule.rule;
  const earlier = rules.filter((other) => isEarlier(other, rule) && takesPlace(other)).flatMap(({ boxes }) => boxes);
  const rest = rules.filter((other) => other !== rule && !isEarlier(other, rule));
  let open: readonly Box[] = rule.boxes;
  let cuts = 0;
  for (const box of earlier) {
    if (cuts >= MOST_CUTS || open.length > MOST_CUTS) break;
    if (!open.some((piece) => meets(piece, box))) continue;
    cuts++;
    open = open.flatMap((piece) => cut(piece, box));
  }
  const used = new Set<TierRule>();
  for (const group of Map.groupBy(rest, ({ policy }) => policy.priority).values()) {
    if (open.length > MOST_CUTS) return undefined;
    // Of policies of one priority any may be asked first: none may do otherwise.
    const isOrdered =
      new Set(
        [rule, ...group]
          .filter(({ policy }) => policy.priority === group[0]?.policy.priority)
          .map(({ policy }) => policy),
      ).size === 1;
    const differs = (other: TierRule): boolean =>
      other.rule.action !== action && open.some((piece) => other.boxes.some((box) => mayMeet(piece, box)));
    if (!isOrdered && group.some(differs)) return undefined;
    for (const other of group) {
      if (differs(other)) return undefined;
      if (other.rule.action !== action || !isEarlier(rule, other) || !takesPlace(other)) continue;
      for (const box of other.boxes) {
        if (!open.some((piece) => meets(piece, box))) continue;
        used.add(other);
        open = open.flatMap((piece) => cut(piece, box));
      }
    }
  }
  const isAsNothing = action === "Pass" || (action === "Accept" && rule.policy.tier === "Baseline");
  if (open.length === 0) return [...used];
  return isAsNothing ? [] : undefined;
}

function cut(piece: Box, box: Box): readonly Box[] {
  return meets(piece, box) ? without(piece, box) : [piece];
}
