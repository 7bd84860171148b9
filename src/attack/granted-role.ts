// A role in a scope, with whoever holds it: rights are read off it once, however many subjects it is bound to. Where one
// request needs rights of several roles, they have to be one identity's: the same role, as that identity holds it.

import type { RoleRecord } from "../layers/access/rbac-record.ts";
import type { BoundSubject } from "./bound-subject.ts";
import type { Located } from "./fact.ts";
import { actingAs, holdingKey, type Holding, type NamespaceScope } from "./holding.ts";
import type { Step } from "./step.ts";

export interface GrantedRole {
  /** What its holders hold; also what somebody gains who can have it bound to them. */
  readonly holding: Holding;
  /** The same for who merely acts as a holder, and so cannot act on as a third. */
  readonly acting: Holding;
  /** As the binding names it: `ClusterRole`, `Role`, or nonsense. */
  readonly kind: string;
  readonly name: string;
  /** Absent where there is no such role. */
  readonly role: RoleRecord<Located> | undefined;
  readonly namespace: NamespaceScope;
  /** Who it is bound to: everybody, or the one identity that this is about. */
  readonly bound: BoundSubject[];
  /** The identity it is about; absent when it is about all. */
  readonly of: Holding | undefined;
}

const MARKS: ReadonlySet<string> = new Set(["granted", "acting-granted", "gained-right", "some-rights"]);

/** Whether it stands between an identity and its rights, which nobody needs to be told. */
export function isGrantedRole(holding: Holding): boolean {
  return holding.kind === "means" && MARKS.has(holding.of);
}

export interface GrantedRoles {
  /** That of the binding and its subject. Constant after the first time. */
  readonly forBound: (subject: BoundSubject) => GrantedRole;
  /** That of whoever can have it bound. */
  readonly forRole: (role: RoleInScope) => { readonly granted: GrantedRole; readonly isNew: boolean };
  /** The same role as somebody has it who bound it to themselves, beside whatever they had. */
  readonly gained: (granted: GrantedRole) => GrantedRole;
  /** The same role as one of its holders has it. */
  readonly ofOne: (granted: GrantedRole, holder: Holding, bound: readonly BoundSubject[]) => GrantedRole;
  /** Without those of {@link ofOne} and {@link gained}. */
  readonly all: () => readonly GrantedRole[];
  readonly withThoseOfOne: () => readonly GrantedRole[];
}

type RoleInScope = Pick<GrantedRole, "kind" | "name" | "role" | "namespace">;

/** A node is held to its own objects (NodeRestriction), whatever its rights: they are never taken for those of others. */
export function isNodeIdentity(holder: Holding): boolean {
  return "name" in holder && (holder.name === "system:nodes" || holder.name.startsWith("system:node:"));
}

export function createGrantedRoles(): GrantedRoles {
  const roles = new Map<string, GrantedRole>();
  const ofOnes = new Map<string, GrantedRole>();
  const forBound = new Map<BoundSubject, GrantedRole>();
  const entry = (map: Map<string, GrantedRole>, role: RoleInScope, of: Holding | undefined): GrantedRole => {
    const made = grantedRole(role, of);
    const key = holdingKey(made.holding);
    const known = map.get(key);
    if (known === undefined) map.set(key, made);
    return known ?? made;
  };
  return {
    forBound: (subject) => {
      let granted = forBound.get(subject);
      if (granted === undefined) {
        const { binding, holder, role, namespace } = subject;
        const { kind, name } = binding.roleRef;
        granted = entry(roles, { kind, name, role, namespace }, isNodeIdentity(holder) ? holder : undefined);
        forBound.set(subject, granted);
      }
      return granted;
    },
    forRole: (role) => {
      const before = roles.size;
      const granted = entry(roles, role, undefined);
      return { granted, isNew: roles.size > before };
    },
    gained: (granted) => entry(ofOnes, { ...granted, name: `${granted.name} gained` }, undefined),
    ofOne: (granted, holder, bound) => {
      const one = entry(ofOnes, granted, holder);
      if (one.bound.length === 0) one.bound.push(...bound.filter((subject) => forBound.get(subject) === granted));
      return one;
    },
    all: () => [...roles.values()],
    withThoseOfOne: () => [...roles.values(), ...ofOnes.values()],
  };
}

function grantedRole({ kind, name, role, namespace }: RoleInScope, of: Holding | undefined): GrantedRole {
  // A reference that does not resolve, such as one to another group, is not the role of that name.
  const title = `${role === undefined ? "no " : ""}${kind}/${name}${of === undefined ? "" : ` of ${holdingKey(of)}`}`;
  return {
    kind,
    name,
    role,
    namespace,
    holding: { kind: "means", of: "granted", namespace, name: title },
    acting: { kind: "means", of: "acting-granted", namespace, name: title },
    bound: [],
    of,
  };
}

/** From the identities it is bound to, and from holding it to acting with it. */
export function* stepsToGranted({ bound, holding, acting }: GrantedRole): Generator<Step> {
  yield { needs: [holding], gives: acting };
  for (const subject of bound) {
    const { holder, controls } = subject;
    const facts: Step["facts"] = () => [{ kind: "binding", subject }];
    yield { needs: [holder], gives: holding, facts, controls };
    yield { needs: [actingAs(holder)], gives: acting, facts, controls };
  }
}
