// Which identity has which power where, read off the bindings once: every technique that starts from a right starts here.

import { recogniseBinding, recogniseRole } from "../layers/access/bootstrap.ts";
import type { Access } from "../layers/access/access-engine.ts";
import { rbacGrant } from "../layers/access/grant.ts";
import type { BindingRecord, RoleRecord } from "../layers/access/rbac-record.ts";
import { whoIsMeant } from "../layers/access/subject.ts";
import type { Control, Fact, Located } from "./fact.ts";
import type { Member } from "./group-membership.ts";
import { actingAs, EVERYWHERE, holdingKey, type Holding, type NamespaceScope } from "./holding.ts";
import { jointRights, type JointRight, type Right } from "./joint-rights.ts";
import { isEverything, isImpersonation, isWide, namesGiven, type Power } from "./power.ts";
import type { PolicyRule } from "../layers/access/policy-rule.ts";
import type { Step } from "./step.ts";

type Source = Located;

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

/** A role that whoever holds `holder` can have bound to an identity of theirs. */
export interface GainableRole {
  readonly holder: Holding;
  readonly role: RoleRecord<Source>;
  readonly namespace: NamespaceScope;
}

export interface Rights {
  readonly bound: readonly BoundSubject[];
  /** Roles that somebody could bind, though not everything. */
  readonly gainable: readonly GainableRole[];
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
  readonly member: Member | undefined;
  readonly access: Access<Source>;
  readonly minor: number;
  readonly powers: readonly Power[];
  readonly binds: readonly BindPower[];
}

/** A power whose objects are roles that its holder can bind: those roles hold rights of their own. */
export interface BindPower {
  readonly power: Power;
  readonly kind: "Role" | "ClusterRole";
  /** Powers to change bindings there are: with them, roles that are bound already come into question. */
  readonly changes: readonly Power[];
}

/** Linear in subjects × the powers their roles give. */
export function createRights({ access, minor, powers, binds, member }: RightsOptions): Rights {
  const table = new Map<string, Map<string, Right>>(powers.map(({ id }) => [id, new Map()]));
  const steps: Step[] = [];
  const givenByRole = memoized((role: RoleRecord<Source>) => powersOf(role, powers));
  const isOwnRole = memoized((role: RoleRecord<Source>) => recogniseRole(role, minor).kind === "default");

  const addRight = (
    holder: Holding,
    power: Power,
    namespace: NamespaceScope,
    name: string,
    rule?: PolicyRule,
  ): Right => {
    const holding: Holding = { kind: "right", holder, power: power.id, namespace, name };
    const key = holdingKey(holding);
    const ofPower = table.get(power.id);
    const known = ofPower?.get(key);
    const isOfEverything = namespace === EVERYWHERE && rule !== undefined && isEverything(rule);
    if (known !== undefined && (!known.isOfEverything || isOfEverything)) return known;
    const right: Right = { holding, holder, namespace, name, isOfEverything };
    ofPower?.set(key, right);
    return right;
  };
  const addRole = (role: RoleRecord<Source>, holder: Holding, bound: Omit<BoundSubject, "role" | "holder">): void => {
    for (const { power, rule, names } of givenByRole(role)) {
      if (power.isClusterScoped === true && bound.namespace !== EVERYWHERE) continue;
      const given = { holder, role, rule, power, bound, isOwn: isOwnRole(role) };
      for (const name of names.length === 0 ? [""] : names) {
        const step = grantStep(given, addRight(holder, power, bound.namespace, name, role.rules.rules[rule]).holding);
        steps.push(step, ...(isImpersonation(power) ? [] : [{ ...step, needs: [actingAs(holder)] }]));
      }
    }
  };

  const bound = [...boundSubjects(access, minor)];
  for (const one of bound) if (one.role !== undefined) addRole(one.role, one.holder, one);
  const gainable: GainableRole[] = [];
  for (const { role, namespace } of bindableRoles(access, table, binds, member)) {
    const holder = roleHolding(role, namespace);
    gainable.push({ holder, role, namespace });
    for (const { power, names } of givenByRole(role)) {
      if (power.isClusterScoped === true && namespace !== EVERYWHERE) continue;
      for (const name of names.length === 0 ? [""] : names)
        steps.push({ needs: [holder], gives: addRight(holder, power, namespace, name).holding });
    }
  }
  const of = (power: Power) => [...(table.get(power.id)?.values() ?? [])];
  return { bound, gainable, of, joint: (asked) => jointRights(asked.map(of), member), steps: () => steps };
}

/** What somebody holds who can have the role bound to them in the scope. */
export function roleHolding({ resource }: RoleRecord<Source>, namespace: NamespaceScope): Holding {
  // No name of a role holds a slash, so a Role is never taken for the ClusterRole of its name.
  const role = resource.kind === "Role" ? `${resource.namespace}/${resource.name}` : resource.name;
  return { kind: "role", role, namespace };
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
      const narrow: readonly Control[] = isOwn
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
            isOwn
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

/** Roles that a holder of `bind` can bind, short of every ClusterRole, until no further ones come by binding those. */
function* bindableRoles(
  access: Access<Source>,
  table: ReadonlyMap<string, ReadonlyMap<string, Right>>,
  binds: RightsOptions["binds"],
  member: Member | undefined,
): Generator<Omit<GainableRole, "holder">> {
  const seen = new Set<string>();
  for (let found = true; found;) {
    found = false;
    // Copied: what the caller adds for a role is looked at in the next round.
    const of = ({ id }: Power) => [...(table.get(id)?.values() ?? [])];
    for (const bind of binds) {
      for (const candidate of [...namedRoles(access, bind, of), ...boundRoles(access, bind, of, member)]) {
        const { resource } = candidate.role;
        const key = `${resource.kind}/${resource.namespace}/${resource.name}/${candidate.namespace}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found = true;
        yield candidate;
      }
    }
  }
}

type RightsOfPower = (power: Power) => readonly Right[];

/** By name; and Roles also where every Role of a namespace may be bound, because there is no role of all rights there. */
function* namedRoles(
  { state: { rbac } }: Access<Source>,
  { power, kind }: BindPower,
  of: RightsOfPower,
): Generator<Omit<GainableRole, "holder">> {
  for (const { name, namespace, isOfEverything } of of(power)) {
    if (kind === "ClusterRole") {
      const role = name === "" ? undefined : rbac.roleAt(`\u0000${name}`);
      if (role !== undefined) yield { role, namespace };
      continue;
    }
    if (isOfEverything) continue;
    for (const role of rolesIn(rbac.roles, namespace, name)) yield { role, namespace: role.resource.namespace };
  }
}

/** Of the bindings that a holder of `bind` can write their own name into. */
function* boundRoles(
  { state: { rbac } }: Access<Source>,
  { power, kind, changes }: BindPower,
  of: RightsOfPower,
  member: Member | undefined,
): Generator<Omit<GainableRole, "holder">> {
  for (const change of changes) {
    for (const { namespace, rights } of jointRights([of(change), of(power)], member)) {
      const [changing, binding] = rights;
      if (changing === undefined || binding === undefined || rights.some((right) => right.isOfEverything)) continue;
      if (change.isClusterScoped === true && namespace !== EVERYWHERE) continue;
      for (const record of bindingsIn(rbac.scopes, change, namespace, changing.name)) {
        const { roleRef, roleKey, resource } = record;
        if (roleRef.kind !== kind || roleKey === undefined) continue;
        if (binding.name !== "" && binding.name !== roleRef.name) continue;
        const role = rbac.roleAt(roleKey);
        if (role !== undefined) yield { role, namespace: resource.namespace || EVERYWHERE }; // empty: ClusterRoleBinding
      }
    }
  }
}

/** The bindings that a power to change bindings is about; an empty name is all of the scope. */
export function* bindingsIn(
  scopes: Access<Source>["state"]["rbac"]["scopes"],
  { isClusterScoped }: Power,
  namespace: NamespaceScope,
  name: string,
): Generator<BindingRecord<Source>> {
  const wanted = isClusterScoped === true ? [scopes.get("")] : [scopes.get(namespace)];
  const isAll = isClusterScoped !== true && namespace === EVERYWHERE;
  for (const scope of isAll ? scopes.values() : wanted) {
    if (scope === undefined || (isAll && scope.namespace === "")) continue;
    for (const record of scope.bindings.values()) if (name === "" || record.resource.name === name) yield record;
  }
}

type Roles = Access<Source>["state"]["rbac"]["roles"];
const rolesByNamespace = new WeakMap<Roles, ReadonlyMap<string, readonly RoleRecord<Source>[]>>();

/** Whether there is a binding of that name in the namespace; none: among the ClusterRoleBindings. */
export function isBindingThere(
  scopes: Access<Source>["state"]["rbac"]["scopes"],
  namespace: string,
  name: string,
): boolean {
  for (const { resource } of scopes.get(namespace)?.bindings.values() ?? []) if (resource.name === name) return true;
  return false;
}

/** The Roles of a scope; an empty name is all. Asked for every right to bind: grouped once. */
export function rolesIn(roles: Roles, namespace: NamespaceScope, name: string): readonly RoleRecord<Source>[] {
  let grouped = rolesByNamespace.get(roles);
  if (grouped === undefined) {
    const all = [...roles.values()].filter(({ resource }) => resource.kind === "Role");
    grouped = Map.groupBy(all, ({ resource }) => resource.namespace);
    rolesByNamespace.set(roles, grouped);
  }
  const scope = namespace === EVERYWHERE ? [...grouped.values()].flat() : (grouped.get(namespace) ?? []);
  return name === "" ? scope : scope.filter(({ resource }) => resource.name === name);
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
