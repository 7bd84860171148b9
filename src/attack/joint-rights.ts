// Rights of one identity, together: a request that needs two is one request of one identity.

import type { BoundSubject } from "./bound-subject.ts";
import { combine, MOST, MOST_OF_ONE, scopedRows, type Combined, type Named } from "./combine-rights.ts";
import { gainedRights } from "./gained-rights.ts";
import type { GrantedRole } from "./granted-role.ts";
import { isMember, withGroups, type Member } from "./group-membership.ts";
import { holdingKey, type Holding, type NamespaceScope } from "./holding.ts";

/** A power in a scope, by a role. Several of its rules may give it. */
export interface Right {
  readonly holding: Holding;
  /** Whose right it is: of everybody with that role, or of one identity with it. */
  readonly by: GrantedRole;
  readonly power: string;
  readonly namespace: NamespaceScope;
  /** Empty: every object. */
  readonly name: string;
  /** Only because its holder may do everything everywhere, which says more. */
  readonly isOfEverything: boolean;
}

export interface JointRight {
  /** Absent where one role gives all of them, to whoever has it. */
  readonly holder: Holding | undefined;
  readonly namespace: NamespaceScope;
  /** One per power asked for, in that order. */
  readonly rights: readonly Right[];
}

export interface JointQuestion {
  readonly lists: readonly (readonly Right[])[];
  readonly member: Member | undefined;
  /** Bindings of an identity by the key of its holding. */
  readonly boundTo: ReadonlyMap<string, readonly BoundSubject[]>;
  readonly grantedBy: (subject: BoundSubject) => GrantedRole;
  readonly together: TogetherRights;
  /** Whether somebody can bind the role: then they have its rights together with those they had. */
  readonly isBindable: (role: GrantedRole) => boolean;
  /** Places of lists whose rights are about one object: where they have a name, it is the same. */
  readonly about: readonly number[];
  /** Told whose rights were too many to look at all. */
  readonly onLimit: (role: GrantedRole) => void;
  /** Rights in different namespaces are no request. Otherwise they only have to be of one identity. */
  readonly isOneScope: boolean;
}

/** Equal rights by whichever role, as one: the same object for the same question. */
export interface TogetherRights {
  /** As that identity holds it. */
  readonly own: (right: Right, holder: Holding) => Right;
  /** As somebody has it who has bound its role. */
  readonly gained: (right: Right) => Right;
  /** Rights of one role, as whoever has such a role holds them all. */
  readonly base: (rights: readonly Right[]) => readonly Right[];
}

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
