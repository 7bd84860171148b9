// Rights of one identity, together: a request that needs two is one request of one identity.

import { groupsOf, isMember, type Member } from "./group-membership.ts";
import { EVERYWHERE, holdingKey, type Holding, type NamespaceScope } from "./holding.ts";

/** An identity's power in a scope. Several grants may give the same one. */
export interface Right {
  readonly holding: Holding;
  readonly holder: Holding;
  readonly namespace: NamespaceScope;
  /** Empty: every object. */
  readonly name: string;
  /** Only because its holder may do everything everywhere, which says more. */
  readonly isOfEverything: boolean;
}

export interface JointRight {
  readonly holder: Holding;
  readonly namespace: NamespaceScope;
  /** One per power asked for, in that order. */
  readonly rights: readonly Right[];
}

/**
 * Identities that hold a right of every list in one scope, whatever bindings give them. Rights of different identities
 * never add up here.
 */
export function jointRights(lists: readonly (readonly Right[])[], member: Member | undefined): readonly JointRight[] {
  const byHolder = lists.map((list) => {
    const groups = new Map<string, Right[]>();
    for (const right of list) {
      const key = holdingKey(right.holder);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [right]);
      else group.push(right);
    }
    return groups;
  });
  const holders = new Map<string, Holding>();
  for (const list of lists) for (const { holder } of list) holders.set(holdingKey(holder), holder);
  if (member !== undefined) {
    const holder: Holding = { kind: "user", name: member.user };
    holders.set(holdingKey(holder), holder);
  }
  const joint: JointRight[] = [];
  for (const [key, holder] of holders) {
    const keys = [key, ...groupsOf(holder, member).map((name) => holdingKey({ kind: "group", name }))];
    const own = byHolder.map((groups) => keys.flatMap((one) => groups.get(one) ?? []));
    if (own.some((rights) => rights.length === 0)) continue;
    for (const namespace of new Set(own.flat().map((right) => right.namespace))) {
      const fitting = own.map((rights) =>
        rights.filter((right) => right.namespace === namespace || right.namespace === EVERYWHERE),
      );
      for (const rights of product(fitting)) {
        // Said for the group already, or for every namespace.
        const holdersOf = new Set(rights.map((right) => holdingKey(right.holder)));
        if (!holdersOf.has(key) && (holdersOf.size === 1 || !isMember(holder, member))) continue;
        if (!rights.some((right) => right.namespace === namespace)) continue;
        joint.push({ holder, namespace, rights });
      }
    }
  }
  return joint;
}

function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
}
