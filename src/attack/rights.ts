// Which power comes with which role where, read off the bindings once: every technique that starts from a right starts here.

import { recogniseRole } from "../layers/access/bootstrap.ts";
import type { Access } from "../layers/access/access-engine.ts";
import type { RoleRecord } from "../layers/access/rbac-record.ts";
import { createAggregates } from "./aggregate-rights.ts";
import { bindableRoles, type BindPower } from "./bindable-roles.ts";
import { boundSubjects, type BoundSubject } from "./bound-subject.ts";
import type { Control, Located } from "./fact.ts";
import { createGrantedRoles, stepsToGranted, type GrantedRole } from "./granted-role.ts";
import { withGroups, type Member } from "./group-membership.ts";
import { EVERYWHERE, holdingKey, type Holding, type NamespaceScope } from "./holding.ts";
import { jointRights } from "./joint-rights.ts";
import type { JointQuestion, JointRight } from "./joint-question.ts";
import type { Right } from "./right.ts";
import { isEverything, isImpersonation, isWide, namesGiven, type Power } from "./power.ts";
import type { Step } from "./step.ts";

export interface Rights {
  readonly bound: readonly BoundSubject[];
  /** Roles where they are bound, or could be. */
  readonly granted: readonly GrantedRole[];
  /** Without those of whoever may do everything, where that says all there is to say: see {@link RightsOptions}. */
  readonly of: (power: Power) => readonly Right[];
  /** All of them. */
  readonly every: (power: Power) => readonly Right[];
  /**
   * Rights to all the powers that one identity has in one scope. A single request often needs two rights of one identity;
   * rights of different identities never add up here.
   */
  readonly joint: (powers: readonly Power[], about?: About) => readonly JointRight[];
  /** The same of rights that are there already, wherever they hold: without what could be bound first. */
  readonly together: (lists: readonly (readonly Right[])[]) => readonly JointRight[];
  /** Roles with more rights than were put together: what would follow from the others is not known. */
  readonly limits: () => Iterable<GrantedRole>;
  /** The right as one identity of those with its role holds it. */
  readonly own: (right: Right, holder: Holding) => Right;
  /** The roles of an identity, its own and those of its groups. */
  readonly rolesOf: (holder: Holding) => readonly GrantedRole[];
  /** From identities to their rights, and from roles that somebody can bind to theirs: of all that was asked for. */
  readonly steps: () => Iterable<Step>;
}

/** Places of powers that a request is about one object with: their rights have the same name, where they have one. */
export type About = readonly number[];

export interface RightsOptions {
  readonly member: Member | undefined;
  readonly access: Access<Located>;
  readonly minor: number;
  readonly powers: readonly Power[];
  readonly binds: readonly BindPower[];
  /** Only targets are asked about: who may do everything everywhere has come to them all. */
  readonly isForTargets: boolean;
}

/** What somebody holds who can have the role bound to them in the scope. */
export function roleHolding({ resource }: RoleRecord<Located>, namespace: NamespaceScope): Holding {
  // No name of a role holds a slash, so a Role is never taken for the ClusterRole of its name.
  const role = resource.kind === "Role" ? `${resource.namespace}/${resource.name}` : resource.name;
  return { kind: "role", role, namespace };
}

/** Linear in subjects, and in roles and scopes × the powers those roles give. */
export function createRights({ access, minor, powers, binds, member, isForTargets }: RightsOptions): Rights {
  const table = new Map<string, Map<string, Right>>(powers.map(({ id }) => [id, new Map()]));
  const givenByRole = memoized((role: RoleRecord<Located>) => powersOf(role, powers));
  const isOwnRole = memoized((role: RoleRecord<Located>) => recogniseRole(role, minor).kind === "default");
  const steps: Step[] = [];

  const addRight = (by: GrantedRole, { power, rule }: Given, name: string): Right => {
    const { namespace, role } = by;
    const holding: Holding = { kind: "right", holder: by.holding, power: power.id, namespace, name };
    const impersonates = isImpersonation(power);
    steps.push(ruleStep(impersonates ? by.holding : by.acting, holding, { by, power, rule }));
    const policy = role?.rules.rules[rule];
    const isOfEverything = namespace === EVERYWHERE && policy !== undefined && isEverything(policy);
    return { holding, by, power: power.id, namespace, name, isOfEverything };
  };
  const ruleStep = (from: Holding, gives: Holding, { by: { role }, power, rule }: RuleUse): Step => {
    if (role === undefined) return { needs: [from], gives };
    return {
      needs: [from],
      gives,
      facts: () => [{ kind: "rule", role, rule }],
      controls: () => (isOwnRole(role) ? [] : [narrowing(role, rule, power)]),
    };
  };
  /** All rights of the role, into the table. */
  const addRights = (by: GrantedRole): void => {
    if (by.role === undefined) return;
    for (const given of givenByRole(by.role)) {
      const { power, names } = given;
      if (power.isClusterScoped === true && by.namespace !== EVERYWHERE) continue;
      const ofPower = table.get(power.id);
      for (const name of names.length === 0 ? [""] : names) {
        const right = addRight(by, given, name);
        const key = holdingKey(right.holding);
        const known = ofPower?.get(key);
        if (known === undefined || (known.isOfEverything && !right.isOfEverything)) ofPower?.set(key, right);
      }
    }
  };

  const bound = [...boundSubjects(access, minor)];
  const boundTo = Map.groupBy(bound, ({ holder }) => holdingKey(holder));
  const granted = createGrantedRoles();
  for (const subject of bound) granted.forBound(subject).bound.push(subject);
  for (const one of granted.all()) addRights(one);

  const every = ({ id }: Power) => [...(table.get(id)?.values() ?? [])];
  const rightsOf = (power: Power) =>
    isForTargets ? every(power).filter(({ isOfEverything }) => !isOfEverything) : every(power);
  const limits = new Set<GrantedRole>();
  const bindable = new Set<GrantedRole>();
  const question = (lists: JointQuestion["lists"]) => ({
    lists,
    member,
    boundTo,
    grantedBy: granted.forBound,
    isBindable: (role: GrantedRole) => bindable.has(role),
    isOneScope: true,
    about: [],
    onLimit: (role: GrantedRole) => void limits.add(role),
  });
  // No steps come of looking for what can be bound.
  const looking = createAggregates({
    add: () => undefined,
    stepsFrom: () => undefined,
    ofOne: (role) => role,
    gained: (role) => role,
  });
  const asItIs = (asked: readonly Power[]) => jointRights({ ...question(asked.map(rightsOf)), together: looking });
  for (const { role, namespace } of bindableRoles({ access, binds, of: rightsOf, joint: asItIs })) {
    const { resource } = role;
    const { granted: entry, isNew } = granted.forRole({ kind: resource.kind, name: resource.name, role, namespace });
    const gained = granted.gained(entry);
    steps.push(
      { needs: [roleHolding(role, namespace)], gives: gained.holding },
      { needs: [gained.holding], gives: entry.holding },
    );
    bindable.add(entry);
    if (isNew) addRights(entry);
  }

  const aggregates = createAggregates({
    add: (step) => void steps.push(step),
    /** The steps from the same role as `one` has it. */
    stepsFrom: (right, one, gives) => {
      if (one.role === undefined) return;
      for (const given of givenByRole(one.role)) {
        const { power, names, rule } = given;
        const isAbout = right.name === "" ? names.length === 0 : names.includes(right.name);
        const from = isImpersonation(power) ? one.holding : one.acting;
        if (power.id === right.power && isAbout) steps.push(ruleStep(from, gives, { by: one, power, rule }));
      }
    },
    ofOne: (role, holder) => granted.ofOne(role, holder, boundTo.get(holdingKey(holder)) ?? []),
    gained: granted.gained,
  });
  return {
    bound,
    granted: granted.all(),
    of: rightsOf,
    every,
    joint: (asked, about = []) => jointRights({ ...question(asked.map(rightsOf)), together: aggregates, about }),
    limits: () => limits,
    together: (lists) =>
      jointRights({ ...question(lists), together: aggregates, isOneScope: false, isBindable: () => false }),
    own: aggregates.own,
    rolesOf: (holder) => [
      ...new Set(
        withGroups(holder, member)
          .flatMap((one) => boundTo.get(holdingKey(one)) ?? [])
          .map(granted.forBound),
      ),
    ],
    *steps() {
      for (const one of granted.withThoseOfOne()) yield* stepsToGranted(one);
      yield* steps;
    },
  };
}

interface Given {
  readonly power: Power;
  readonly rule: number;
  readonly names: readonly string[];
}

interface RuleUse {
  readonly by: GrantedRole;
  readonly power: Power;
  readonly rule: number;
}

function powersOf(role: RoleRecord<Located>, powers: readonly Power[]): readonly Given[] {
  return role.rules.rules.flatMap((rule, index) =>
    powers.flatMap((power) => {
      const names = namesGiven(rule, power);
      return names === undefined ? [] : [{ power, rule: index, names }];
    }),
  );
}

/** Of a rule that came by aggregation, in the role it came from. */
function narrowing({ resource, origins, rules }: RoleRecord<Located>, rule: number, power: Power): Control {
  const origin = origins?.[rule];
  const { namespace, name, source } = origin?.role ?? resource;
  const index = origin?.index ?? rule;
  const policy = rules.rules[rule];
  const wide = policy !== undefined && isWide(policy, power);
  return {
    id: `narrow ${namespace}/${name} ${index} ${power.id}`,
    change: { kind: "narrow-role", role: source, rule: index, power: power.id, isWide: wide },
  };
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
