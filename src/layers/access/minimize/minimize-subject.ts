// The least roles for one subject, and the proof that nothing it used is lost with them.

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../../../kubernetes/object.ts";
import type { Access } from "../access-engine.ts";
import type { Action } from "../action.ts";
import { atomsOf, covers } from "../cover.ts";
import type { PolicyRule } from "../policy-rule.ts";
import { resolveRules } from "../rbac-authorizer.ts";
import { checksOf, evaluate } from "../requirement.ts";
import { ruleAllows } from "../rule-match.ts";
import type { LogEvidence } from "./log-evidence.ts";
import {
  heldAtoms,
  openRights,
  unusedRights,
  type HeldAtom,
  type ScopedRules,
  type UnusedRights,
} from "./held-rights.ts";
import { withoutOwn, type OwnBinding } from "./own-bindings.ts";
import { isMet } from "./resolve-requirement.ts";
import { proposalName, roleObjects } from "./role-objects.ts";
import { planRoles, type PlannedRole } from "./role-plan.ts";
import { atomOf, type ScopedAtom } from "./scoped-atom.ts";
import { subjectNeeds, type SubjectNeeds, type UnknownUse, type UsedTuple } from "./subject-needs.ts";
import type { IdentityUse } from "./usage.ts";
import { widen } from "./widen.ts";

export interface MinimizeOptions {
  readonly minor: KubernetesMinor;
  /** More names than this of one verb and resource become any name. */
  readonly names: number;
  /** Grant verbs that go together (list and watch, update and patch) together. */
  readonly families: boolean;
  /** Leave out rights that are written out and whose use no log could show. */
  readonly dropUnseen: boolean;
  /** What the log can prove; `whole` unless told otherwise. */
  readonly evidence?: LogEvidence;
  /** Rights to be granted beside what was used. */
  readonly also?: readonly ScopedAtom[];
}

export interface RuleUse {
  readonly rule: PolicyRule;
  /** Requests that no other proposed rule and nothing that stays would allow. */
  readonly requests: number;
  /** Used tuples that would be lost without it. */
  readonly tuples: number;
  /** Why it is there without a use: no log could show one, or the workload declares the need. */
  readonly unused?: "unseen" | "declared";
}

export interface ProposedRole extends Omit<PlannedRole, "rules"> {
  readonly rules: readonly RuleUse[];
}

export interface SubjectResult<S> {
  readonly user: string;
  readonly uses: readonly IdentityUse[];
  readonly needs: SubjectNeeds;
  readonly roles: readonly ProposedRole[];
  readonly objects: readonly KubernetesObject[];
  /** Bindings that the proposal takes the place of. */
  readonly replaced: readonly OwnBinding<S>[];
  /** Those it would take the place of, if the log proved that nothing else of them was used. */
  readonly staying: readonly OwnBinding<S>[];
  /** Every used tuple that is allowed today, evaluated again under the proposal. */
  readonly proof: { readonly tuples: number; readonly lost: readonly UsedTuple[] };
  readonly held: UnusedRights;
  /** Rights kept because no log could show their use. */
  readonly unseenKept: readonly ScopedRules[];
  readonly isCut: boolean;
  readonly evidence: LogEvidence;
}

/** The proposal for one user. `present` is `undefined` where only the log is known; `base` then holds what every API server brings. */
export function minimizeSubject<S>(
  user: string,
  uses: readonly IdentityUse[],
  present: Access<S> | undefined,
  base: Access<S>,
  own: readonly OwnBinding<S>[],
  options: MinimizeOptions & { readonly source: S },
): SubjectResult<S> {
  const isCut = uses.some((one) => one.isCut);
  const { evidence: given = "whole" } = options;
  const evidence = isCut && given === "whole" ? "part" : given;
  const residual = withoutOwn(base, own);
  const needs = subjectNeeds(uses, present, residual);
  const held = heldAtoms(own);
  const name = proposalName(user);
  const unseen = [
    ...(options.dropUnseen || evidence === "none" ? [] : keptUnseen(held, needs.unknown)),
    ...(evidence === "part" ? ofEarlierProposal(own, name) : []),
  ];
  const atoms = [...grantedAtoms(needs, uses, present, options), ...unseen, ...(options.also ?? [])];
  const propose = (all: readonly ScopedAtom[]) => {
    const roles = planRoles(all, name);
    const objects = [...roleObjects(roles, user)];
    const access = residual.with(objects.map((object) => ({ kind: "set", object, source: options.source }) as const));
    return { roles, objects, access };
  };
  let proposed = propose(atoms);
  const uncovered = uncoveredAtoms(needs, proposed.access);
  if (uncovered.length > 0) proposed = propose([...atoms, ...uncovered]);
  const { roles, objects, access } = proposed;
  const provable = [...needs.needed, ...needs.kept];
  const usedActions = [...actionsOf(needs.needed), ...actionsOf(needs.kept), ...actionsOf(needs.noLonger)];
  const left = own.filter(({ binding }) => !objects.some((object) => isSameObject(object, binding.resource)));
  const unused = unusedRights(held, usedActions);
  return {
    user,
    uses,
    needs,
    roles: roles.map((role) => ({ ...role, rules: ruleUses(role, roles, needs, unseen, options.also ?? []) })),
    objects,
    replaced: evidence === "whole" ? left : [],
    staying: evidence === "whole" ? [] : left,
    proof: {
      tuples: provable.length,
      lost: provable.filter(({ identity, requirement }) => !evaluate(access, identity, requirement).met),
    },
    held: evidence === "whole" ? unused : openRights(unused),
    unseenKept: scoped(unseen),
    isCut,
    evidence,
  };
}

function isSameObject(
  { kind, metadata }: KubernetesObject,
  other: OwnBinding<unknown>["binding"]["resource"],
): boolean {
  return kind === other.kind && metadata?.name === other.name && (metadata.namespace ?? "") === other.namespace;
}

function grantedAtoms<S>(
  { needed }: SubjectNeeds,
  uses: readonly IdentityUse[],
  present: Access<S> | undefined,
  options: MinimizeOptions,
): readonly ScopedAtom[] {
  const wanted = needed.flatMap(({ by }) => by.flatMap((check) => (check.kind === "action" ? [check] : [])));
  const identities = uses.map(({ identity }) => identity);
  const isAllowedToday = (action: Action): boolean =>
    present === undefined || identities.some((identity) => present.authorize(identity, action).allowed);
  return widen(wanted, { names: options.names, families: options.families, isAllowedToday }).map(atomOf);
}

/** The rights that a writer of roles must have itself, as far as the proposal does not give them yet. */
function uncoveredAtoms<S>({ needed }: SubjectNeeds, access: Access<S>): readonly ScopedAtom[] {
  const atoms: ScopedAtom[] = [];
  for (const { by, identity } of needed) {
    for (const check of by) {
      if (check.kind !== "cover" || isMet(access, identity, check)) continue;
      const { namespace, rules } = check;
      const owned = resolveRules(access.state.rbac, identity, namespace).rules;
      atoms.push(...covers(owned, rules).uncovered.map((rule) => ({ namespace, rule })));
    }
  }
  return atoms;
}

/**
 * Rights written out (no `*`) whose use no log could show. Those that are checked inside writes are kept only where there
 * was such a write that the log does not show in full: any other would have been in it.
 */
function keptUnseen(held: readonly HeldAtom[], unknown: readonly UnknownUse[]): readonly ScopedAtom[] {
  const open = new Set(unknown.flatMap(({ beside }) => VERBS_OF[beside.kind] ?? []));
  return held.flatMap(({ namespace, atom, unseen }) => {
    const verb = atom.verbs[0] ?? "";
    const isWritten = verb !== "*" && !atom.resources.includes("*") && !atom.nonResourceURLs.includes("*");
    if (unseen === undefined || !isWritten) return [];
    const isInside = unseen.kind === "inside-writes" || unseen.kind === "impersonation";
    return isInside && !open.has(verb) ? [] : [{ namespace, rule: atom }];
  });
}

/** An earlier proposal has the names of this one, which would overwrite what a part of a log cannot judge. */
function ofEarlierProposal<S>(own: readonly OwnBinding<S>[], name: string): readonly ScopedAtom[] {
  const earlier = own.filter(({ binding }) => binding.resource.name.startsWith(name));
  return heldAtoms(earlier).map(({ namespace, atom }) => ({ namespace, rule: atom }));
}

const VERBS_OF: Readonly<Record<string, readonly string[]>> = {
  "role-write": ["escalate"],
  "binding-write": ["bind"],
  signer: ["approve", "attest", "sign"],
  impersonation: ["impersonate"],
};

function ruleUses(
  role: PlannedRole,
  all: readonly PlannedRole[],
  { needed }: SubjectNeeds,
  unseen: readonly ScopedAtom[],
  declared: readonly ScopedAtom[],
): readonly RuleUse[] {
  const checks = needed.flatMap(({ by, requests }) => by.map((check) => ({ check, requests })));
  return role.rules.map((rule) => {
    let requests = 0;
    let tuples = 0;
    for (const { check, requests: asked } of checks) {
      if (!isLostWithout(rule, role, all, check)) continue;
      tuples++;
      requests += asked;
    }
    const holds = (atoms: readonly ScopedAtom[]) => atoms.some((atom) => covers([rule], [atom.rule]).covered);
    if (tuples > 0) return { rule, requests, tuples };
    if (holds(unseen)) return { rule, requests, tuples, unused: "unseen" };
    return { rule, requests, tuples, ...(holds(declared) && { unused: "declared" }) };
  });
}

/** Whether only this rule meets the check. */
function isLostWithout(
  rule: PolicyRule,
  role: PlannedRole,
  all: readonly PlannedRole[],
  check: SubjectNeeds["needed"][number]["by"][number],
): boolean {
  const namespace = check.kind === "cover" ? check.namespace : atomOf(check.action).namespace;
  const isBound = ({ namespaces }: PlannedRole) => namespaces.includes("") || namespaces.includes(namespace);
  if (!isBound(role)) return false;
  const others = all.filter(isBound).flatMap(({ rules }) => rules.filter((other) => other !== rule));
  if (check.kind === "action")
    return ruleAllows(rule, check.action) && !others.some((other) => ruleAllows(other, check.action));
  const atoms = check.rules.flatMap((one) => [...atomsOf(one)]);
  return atoms.some((atom) => covers([rule], [atom]).covered && !covers(others, [atom]).covered);
}

function actionsOf(tuples: readonly UsedTuple[]): readonly Action[] {
  return tuples.flatMap(({ requirement }) =>
    [...checksOf(requirement)].flatMap((check) => (check.kind === "action" ? [check.action] : [])),
  );
}

function scoped(atoms: readonly ScopedAtom[]): readonly ScopedRules[] {
  const byNamespace = Map.groupBy(atoms, ({ namespace }) => namespace);
  return [...byNamespace].map(([namespace, list]) => ({ namespace, rules: list.map(({ rule }) => rule) }));
}
