// Which identity has which power where, read off the bindings once: every technique that starts from a right starts here.

import { recogniseBinding, recogniseRole } from "../layers/access/bootstrap.ts";
import type { Access } from "../layers/access/access-engine.ts";
import { rbacGrant } from "../layers/access/grant.ts";
import { authenticated, serviceAccountOf } from "../layers/access/identity.ts";
import type { BindingRecord, RoleRecord } from "../layers/access/rbac-record.ts";
import { whoIsMeant } from "../layers/access/subject.ts";
import type { Control, Fact, Located } from "./fact.ts";
import { EVERYWHERE, holdingKey, type Holding, type NamespaceScope } from "./holding.ts";
import { isWide, namesGiven, type Power } from "./power.ts";
import type { Step } from "./step.ts";

type Source = Located | undefined;

/** An identity's power in a scope. Several grants may give the same one. */
export interface Right {
  readonly holding: Holding;
  readonly holder: Holding;
  readonly namespace: NamespaceScope;
  /** Empty: every object. */
  readonly name: string;
}

export interface JointRight {
  readonly holder: Holding;
  readonly namespace: NamespaceScope;
  /** One per power asked for, in that order. */
  readonly rights: readonly Right[];
}

/** A binding with the role it grants, and which subject of it means whom. */
export interface BoundSubject {
  readonly holder: Holding;
  readonly binding: BindingRecord<Source>;
  readonly subjectIndex: number;
  /** Absent where the binding refers to a role that is not there. */
  readonly role: RoleRecord<Source> | undefined;
  readonly namespace: NamespaceScope;
  readonly facts: () => readonly Fact[];
  /** Nothing for bindings as Kubernetes makes them: it would make them again. */
  readonly controls: () => readonly Control[];
}

export interface Rights {
  readonly bound: readonly BoundSubject[];
  readonly of: (power: Power) => readonly Right[];
  /**
   * Identities that hold all the powers in one scope, whatever bindings give them. A single request often needs two
   * rights of one identity; rights of different identities never add up here.
   */
  readonly joint: (powers: readonly Power[]) => readonly JointRight[];
  /** From identities to their rights, and from roles that somebody can bind to theirs. */
  readonly steps: () => Iterable<Step>;
}

export interface RightsOptions {
  readonly access: Access<Source>;
  readonly minor: number;
  readonly powers: readonly Power[];
  /** Powers whose named objects are roles that their holder can bind: those roles hold rights of their own. */
  readonly binds: readonly { readonly power: Power; readonly kind: "Role" | "ClusterRole" }[];
}

/** Linear in subjects × the powers their roles give. */
export function createRights({ access, minor, powers, binds }: RightsOptions): Rights {
  const table = new Map<string, Map<string, Right>>(powers.map(({ id }) => [id, new Map()]));
  const steps: Step[] = [];
  const givenByRole = memoized((role: RoleRecord<Source>) => powersOf(role, powers));
  const isOwnRole = memoized((role: RoleRecord<Source>) => recogniseRole(role, minor).kind === "default");

  const addRight = (holder: Holding, power: Power, namespace: NamespaceScope, name: string): Right => {
    const holding: Holding = { kind: "right", holder, power: power.id, namespace, name };
    const key = holdingKey(holding);
    const ofPower = table.get(power.id);
    const known = ofPower?.get(key);
    if (known !== undefined) return known;
    const right: Right = { holding, holder, namespace, name };
    ofPower?.set(key, right);
    return right;
  };
  const addRole = (role: RoleRecord<Source>, holder: Holding, bound: Omit<BoundSubject, "role" | "holder">): void => {
    for (const { power, rule, names } of givenByRole(role)) {
      if (power.isClusterScoped === true && bound.namespace !== EVERYWHERE) continue;
      const given = { holder, role, rule, power, bound, isOwn: isOwnRole(role) };
      for (const name of names.length === 0 ? [""] : names)
        steps.push(grantStep(given, addRight(holder, power, bound.namespace, name).holding));
    }
  };

  const bound = [...boundSubjects(access, minor)];
  for (const one of bound) if (one.role !== undefined) addRole(one.role, one.holder, one);
  for (const { role, namespace } of bindableRoles(access, table, binds)) {
    const holder: Holding = { kind: "role", role: role.resource.name, namespace };
    for (const { power, names } of givenByRole(role)) {
      if (power.isClusterScoped === true && namespace !== EVERYWHERE) continue;
      for (const name of names.length === 0 ? [""] : names)
        steps.push({ needs: [holder], gives: addRight(holder, power, namespace, name).holding });
    }
  }
  const of = (power: Power) => [...(table.get(power.id)?.values() ?? [])];
  return { bound, of, joint: (asked) => jointRights(asked.map(of)), steps: () => steps };
}

interface Given {
  readonly power: Power;
  readonly rule: number;
  readonly names: readonly string[];
}

function powersOf(role: RoleRecord<Source>, powers: readonly Power[]): readonly Given[] {
  return role.rules.rules.flatMap((rule, index) =>
    powers.flatMap((power) => {
      const names = namesGiven(rule, power);
      return names === undefined ? [] : [{ power, rule: index, names }];
    }),
  );
}

function grantStep(
  given: {
    readonly holder: Holding;
    readonly role: RoleRecord<Source>;
    readonly rule: number;
    readonly power: Power;
    readonly bound: Omit<BoundSubject, "role" | "holder">;
    readonly isOwn: boolean;
  },
  gives: Holding,
): Step {
  const { holder, role, rule, power, bound, isOwn } = given;
  const grant = () => rbacGrant(bound.binding, bound.subjectIndex, role, rule);
  return {
    needs: [holder],
    gives,
    facts: () => [{ kind: "grant", grant: grant() }],
    controls: () => {
      const { role: where, origin, rule: policy } = grant();
      const source = origin?.role.source ?? where.source;
      const index = origin?.index ?? rule;
      const isOwnRule = isOwn || source === undefined;
      const narrow: readonly Control[] = isOwnRule
        ? []
        : [
            {
              id: `narrow ${(origin?.role ?? where).namespace}/${(origin?.role ?? where).name} ${index} ${power.id}`,
              change: {
                kind: "narrow-role",
                role: source,
                rule: index,
                power: power.id,
                isWide: isWide(policy, power),
              },
            },
          ];
      return [...narrow, ...bound.controls()];
    },
  };
}

function* boundSubjects(access: Access<Source>, minor: number): Generator<BoundSubject> {
  const { rbac } = access.state;
  for (const scope of rbac.scopes.values()) {
    for (const binding of scope.bindings.values()) {
      const role = binding.roleKey === undefined ? undefined : rbac.roleAt(binding.roleKey);
      const isOwn = recogniseBinding(binding, minor).kind === "default";
      for (const [subjectIndex, subject] of binding.subjects.entries()) {
        const meant = whoIsMeant(subject, scope.namespace);
        if (meant === undefined) continue;
        const source = binding.resource.source;
        yield {
          holder: { kind: meant.kind, name: meant.name },
          binding,
          subjectIndex,
          role,
          namespace: scope.namespace === "" ? EVERYWHERE : scope.namespace,
          facts: () =>
            role === undefined ? [] : [{ kind: "grant", grant: rbacGrant(binding, subjectIndex, role, 0) }],
          controls: () =>
            isOwn || source === undefined
              ? []
              : [
                  {
                    id: `subject ${binding.resource.namespace}/${binding.resource.name} ${subjectIndex}`,
                    change: { kind: "remove-subject", binding: source, index: subjectIndex, subject: meant.name },
                  },
                ],
        };
      }
    }
  }
}

/** Roles that a holder of `bind` can bind by name, until no further ones come by binding those. */
function* bindableRoles(
  access: Access<Source>,
  table: ReadonlyMap<string, ReadonlyMap<string, Right>>,
  binds: RightsOptions["binds"],
): Generator<{ readonly role: RoleRecord<Source>; readonly namespace: NamespaceScope }> {
  const seen = new Set<string>();
  for (let found = true; found;) {
    found = false;
    for (const { power, kind } of binds) {
      // Copied: what the caller adds for a role is looked at in the next round.
      for (const { name, namespace } of [...(table.get(power.id)?.values() ?? [])]) {
        if (name === "") continue;
        const role = access.state.rbac.roleAt(`${kind === "Role" ? namespace : ""}\u0000${name}`);
        const key = `${kind}/${namespace}/${name}`;
        if (role === undefined || seen.has(key)) continue;
        seen.add(key);
        found = true;
        yield { role, namespace };
      }
    }
  }
}

/** The groups that holding an identity brings along, nearest first. */
export function groupsBehind(holder: Holding): readonly string[] {
  if (holder.kind === "user") return authenticated(holder.name).groups;
  if (holder.kind !== "group") return [];
  const { name } = holder;
  if (name.startsWith("system:serviceaccounts:")) return ["system:serviceaccounts", "system:authenticated"];
  return name === "system:authenticated" || name === "system:unauthenticated" ? [] : ["system:authenticated"];
}

/** Whether the user is a service account. */
export function isAccount(holder: Holding): boolean {
  return holder.kind === "user" && serviceAccountOf(holder.name) !== undefined;
}

function jointRights(lists: readonly (readonly Right[])[]): readonly JointRight[] {
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
  const joint: JointRight[] = [];
  for (const [key, holder] of holders) {
    const keys = [key, ...groupsBehind(holder).map((name) => holdingKey({ kind: "group", name }))];
    const own = byHolder.map((groups) => keys.flatMap((one) => groups.get(one) ?? []));
    if (own.some((rights) => rights.length === 0)) continue;
    for (const namespace of new Set(own.flat().map((right) => right.namespace))) {
      const fitting = own.map((rights) =>
        rights.filter((right) => right.namespace === namespace || right.namespace === EVERYWHERE),
      );
      for (const rights of product(fitting)) {
        // Said for the group already, or for every namespace.
        if (!rights.some((right) => holdingKey(right.holder) === key)) continue;
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

function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
