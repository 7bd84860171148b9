// Rights of one identity, together: a request that needs two is one request of one identity.

import { combine, MOST, MOST_OF_ONE, scopedRows, type Combined, type Named } from "./combine-rights.ts";
import { gainedRights } from "./gained-rights.ts";
import type { GrantedRole } from "./granted-role.ts";
import { isMember, withGroups } from "./group-membership.ts";
import { holdingKey, type Holding } from "./holding.ts";
import type { JointQuestion, JointRight } from "./joint-question.ts";
import type { Right } from "./right.ts";

/**
 * What gives a right of every list to one identity in one scope: a role, or several roles of the identity, its groups' among
 * them. Rights of different identities never add up here.
 */
export function jointRights(question: JointQuestion): readonly JointRight[] {
  const { lists, isOneScope, about, onLimit, together } = question;
  const byRole = lists.map((list) => Map.groupBy(list, ({ by }) => by));
  const roles = new Set(byRole.flatMap((groups) => [...groups.keys()]));
  const joint: JointRight[] = [];
  const combined = <T extends Named>(own: readonly (readonly T[])[], places = about): Combined<T>["rows"] => {
    const { rows, isWhole } = combine(own, places, Math.min(MOST_OF_ONE, MOST - joint.length));
    const by = own[0]?.[0]?.right.by;
    if (!isWhole && by !== undefined) onLimit(by);
    return rows;
  };
  for (const role of roles) {
    const own = byRole.map((groups) => (groups.get(role) ?? []).map((right) => ({ right })));
    if (own.some((list) => list.length === 0)) continue;
    for (const row of combined(own))
      joint.push({ holder: role.of, namespace: role.namespace, rights: row.map(({ right }) => right) });
  }
  if (roles.size < 2) return joint;
  for (const { namespace, rights } of gainedRights(question, byRole, combined))
    joint.push({ holder: undefined, namespace, rights });
  for (const holder of holdersOf(roles, question)) {
    const held = ownedBy(holder, byRole, question);
    if (held === undefined) continue;
    const owned = held.map((list) => unique(list.map(({ right, via }) => ({ right: together.own(right, via), via }))));
    for (const { namespace, row } of scopedRows(owned, isOneScope, combined))
      if (isNew(row, holder, question)) joint.push({ holder, namespace, rights: row.map(({ right }) => right) });
  }
  return joint;
}

/** Each right once. */
function unique<T extends Named>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((item) => [item.right, item])).values()];
}

/** A right of an identity, its own or that of a group it is in. */
interface Owned {
  readonly right: Right;
  readonly via: Holding;
}

/** Identities that any of the roles is bound to, and whom the question is about. */
function holdersOf(roles: ReadonlySet<GrantedRole>, { member }: JointQuestion): Iterable<Holding> {
  const holders = new Map<string, Holding>();
  for (const { bound } of roles) for (const { holder } of bound) holders.set(holdingKey(holder), holder);
  if (member !== undefined) {
    const holder: Holding = { kind: "user", name: member.user };
    holders.set(holdingKey(holder), holder);
  }
  return holders.values();
}

/** What an identity has of every list; `undefined` where it lacks one, or has all by one role. */
function ownedBy(
  holder: Holding,
  byRole: readonly ReadonlyMap<GrantedRole, readonly Right[]>[],
  { boundTo, grantedBy, member }: JointQuestion,
): readonly (readonly Owned[])[] | undefined {
  const held = withGroups(holder, member).map((via) => ({
    via,
    roles: new Set((boundTo.get(holdingKey(via)) ?? []).map(grantedBy)),
  }));
  const owned = byRole.map((groups) =>
    held.flatMap(({ via, roles }) =>
      [...roles].flatMap((role) => (groups.get(role) ?? []).map((right) => ({ right, via }))),
    ),
  );
  if (owned.some((list) => list.length === 0)) return undefined;
  const used = new Set(owned.flat().map(({ right }) => right.by));
  return used.size < 2 ? undefined : owned;
}

/** Not what is said for a group already. */
function isNew(row: readonly Owned[], holder: Holding, { member }: JointQuestion): boolean {
  return row.some(({ via }) => via === holder) || (isMember(holder, member) && new Set(row.map(viaKey)).size > 1);
}

function viaKey({ via }: Owned): string {
  return holdingKey(via);
}
