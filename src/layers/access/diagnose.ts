// Everything the engine noticed in the objects it reads, in the order: as read, roles, bindings, aggregation.

import type { AccessState } from "./access-state.ts";
import { gatheredRules } from "./aggregation.ts";
import type { AccessDiagnostic } from "./diagnostic.ts";
import { covers } from "./cover.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { roleOf } from "./rbac-authorizer.ts";
import type { BindingRecord, RoleRecord } from "./rbac-record.ts";
import { clusterRolesOf, type RbacState } from "./rbac-state.ts";
import { whoIsMeant } from "./subject.ts";

/** The diagnostics of a state. Linear in the objects; aggregated stored roles cost ClusterRoles × their selectors. */
export function* diagnose<S>({ rbac, nodeProblems }: AccessState<S>): Generator<AccessDiagnostic<S>> {
  for (const problems of rbac.problems.values()) yield* problems;
  yield* nodeProblems.values();
  for (const role of rbac.roles.values()) yield* emptyRules(role);
  for (const scope of rbac.scopes.values()) {
    for (const binding of scope.bindings.values()) yield* bindingProblems(rbac, binding);
  }
  yield* aggregationProblems(rbac);
}

function* emptyRules<S>({ resource, rules }: RoleRecord<S>): Generator<AccessDiagnostic<S>> {
  for (const [index, rule] of rules.rules.entries()) {
    if (isEmpty(rule)) yield { kind: "empty-rule", resource, path: ["rules", index] };
  }
}

function isEmpty(rule: PolicyRule): boolean {
  if (rule.verbs.length === 0) return true;
  return (rule.resources.length === 0 || rule.apiGroups.length === 0) && rule.nonResourceURLs.length === 0;
}

function* bindingProblems<S>(rbac: RbacState<S>, binding: BindingRecord<S>): Generator<AccessDiagnostic<S>> {
  const { resource, roleRef } = binding;
  if (roleRef.kind !== "Role" && roleRef.kind !== "ClusterRole")
    yield { kind: "unsupported-role-kind", resource, roleRef };
  else if (roleOf(rbac, binding) === undefined) yield { kind: "dangling-role", resource, roleRef };
  for (const [index, subject] of binding.subjects.entries()) {
    if (whoIsMeant(subject, resource.namespace) !== undefined) continue;
    yield { kind: "unknown-subject", resource, path: ["subjects", index], subjectKind: subject.kind };
  }
}

function* aggregationProblems<S>(rbac: RbacState<S>): Generator<AccessDiagnostic<S>> {
  const { byName, cycles, invalid } = rbac.aggregated();
  for (const names of cycles) {
    const resource = byName.get(names[0] ?? "")?.resource;
    if (resource !== undefined) yield { kind: "aggregation-cycle", resource, roles: names };
  }
  for (const { role, selectorIndex } of invalid) {
    const path = ["aggregationRule", "clusterRoleSelectors", selectorIndex];
    yield { kind: "invalid-selector", resource: role.resource, path };
  }
  const clusterRoles = [...clusterRolesOf(rbac.roles)];
  for (const role of clusterRoles) {
    if (role.selectors === undefined || !role.isStored) continue;
    const gathered = gatheredRules(role, clusterRoles);
    if (gathered === undefined) continue;
    const missing = covers(role.rules.rules, gathered.rules).uncovered;
    const extra = covers(gathered.rules, role.rules.rules).uncovered;
    if (missing.length + extra.length > 0) yield { kind: "aggregation-stale", resource: role.resource, missing, extra };
  }
}
