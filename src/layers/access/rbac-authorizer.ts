// RBAC: the first binding whose role has a rule for it allows (k/k plugin/pkg/auth/authorizer/rbac/rbac.go). There is no
// deny, and errors of other bindings do not matter once one allows.

import type { Action } from "./action.ts";
import type { Decision } from "./decision.ts";
import { describeBinding, rbacGrant, type RbacGrant } from "./grant.ts";
import type { Identity } from "./identity.ts";
import type { PolicyRule } from "./policy-rule.ts";
import type { BindingRecord, RoleRecord } from "./rbac-record.ts";
import type { RbacState } from "./rbac-state.ts";
import { aggregateErrors, resolutionErrorOf, type ErrorWording, type ResolutionError } from "./resolution-error.ts";

/** Whether RBAC allows; `reason` is the authorizer's own text. Cost: the bindings that name the user or its groups. */
export function authorizeRbac<S>(
  state: RbacState<S>,
  identity: Identity,
  action: Action,
  wording: ErrorWording,
): Decision<S> {
  const errors: ResolutionError<S>[] = [];
  let allowed: Decision<S> | undefined;
  visitBindings(state, identity, namespaceOf(action), (binding, subjectIndex, role) => {
    if (role === undefined) {
      errors.push(resolutionErrorOf(binding));
      return true;
    }
    const ruleIndex = role.rules.firstAllowing(action);
    if (ruleIndex === -1) return true;
    const reason = `RBAC: allowed by ${describeBinding(binding, subjectIndex)}`;
    const grant = rbacGrant(binding, subjectIndex, role, ruleIndex);
    allowed = { allowed: true, by: "rbac", reason, grant, errors };
    return false;
  });
  if (allowed !== undefined) return allowed;
  const error = aggregateErrors(errors, wording);
  return { allowed: false, reason: error === "" ? "" : `RBAC: ${error}`, errors };
}

/** Every binding and rule that allows the action, in the order the authorizer meets them. */
export function rbacGrantsOf<S>(state: RbacState<S>, identity: Identity, action: Action): readonly RbacGrant<S>[] {
  const grants: RbacGrant<S>[] = [];
  visitBindings(state, identity, namespaceOf(action), (binding, subjectIndex, role) => {
    for (const ruleIndex of role?.rules.allAllowing(action) ?? []) {
      if (role !== undefined) grants.push(rbacGrant(binding, subjectIndex, role, ruleIndex));
    }
    return true;
  });
  return grants;
}

export interface ResolvedRules<S> {
  readonly rules: readonly PolicyRule[];
  /** One per rule: where it comes from. */
  readonly grants: readonly RbacGrant<S>[];
  /** Bindings that could not be resolved: the rules may be incomplete. */
  readonly errors: readonly ResolutionError<S>[];
}

/** All rules of an identity in a namespace; empty text resolves cluster-wide rules only (RulesFor). */
export function resolveRules<S>(state: RbacState<S>, identity: Identity, namespace: string): ResolvedRules<S> {
  const clusterWide = resolveScopeRules(state, identity, "");
  if (namespace === "") return clusterWide;
  const local = resolveScopeRules(state, identity, namespace);
  return {
    rules: [...clusterWide.rules, ...local.rules],
    grants: [...clusterWide.grants, ...local.grants],
    errors: [...clusterWide.errors, ...local.errors],
  };
}

/** The rules an identity has by the bindings of one scope alone. */
export function resolveScopeRules<S>(state: RbacState<S>, identity: Identity, namespace: string): ResolvedRules<S> {
  const rules: PolicyRule[] = [];
  const grants: RbacGrant<S>[] = [];
  const errors: ResolutionError<S>[] = [];
  state.scopes.get(namespace)?.visitApplying(identity, (binding, subjectIndex) => {
    const role = roleOf(state, binding);
    if (role === undefined) errors.push(resolutionErrorOf(binding));
    role?.rules.rules.forEach((rule, ruleIndex) => {
      rules.push(rule);
      grants.push(rbacGrant(binding, subjectIndex, role, ruleIndex));
    });
    return true;
  });
  return { rules, grants, errors };
}

/** The role a binding refers to, as it authorizes. */
export function roleOf<S>(state: RbacState<S>, binding: BindingRecord<S>): RoleRecord<S> | undefined {
  return binding.roleKey === undefined ? undefined : state.roleAt(binding.roleKey);
}

export function namespaceOf(action: Action): string {
  return action.kind === "resource" ? action.namespace : "";
}

type ResolvedVisitor<S> = (binding: BindingRecord<S>, subjectIndex: number, role: RoleRecord<S> | undefined) => boolean;

/** ClusterRoleBindings first, then the RoleBindings of the namespace. */
function visitBindings<S>(state: RbacState<S>, identity: Identity, namespace: string, visit: ResolvedVisitor<S>): void {
  const resolved = (binding: BindingRecord<S>, subjectIndex: number) =>
    visit(binding, subjectIndex, roleOf(state, binding));
  const wentOn = state.scopes.get("")?.visitApplying(identity, resolved) ?? true;
  if (wentOn && namespace !== "") state.scopes.get(namespace)?.visitApplying(identity, resolved);
}
