// The answers of component-helpers' own reconciliation tests.

import { expect } from "vitest";
import { readOracle, testWithOracle } from "../../../test/oracles/oracle.ts";
import type { LabelSelector } from "../../kubernetes/label-selector.ts";
import type { StoredPolicyRule, StoredSubject } from "../../kubernetes/rbac.ts";
import { policyRuleOf } from "./policy-rule.ts";
import { diffSubjects, reconcileRole, type ReconciledRole } from "./reconcile-role.ts";

interface StoredRole {
  readonly metadata: { readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly rules: readonly StoredPolicyRule[] | null;
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
}

interface Facts {
  readonly reconcileRole: readonly {
    existing: StoredRole;
    expected: StoredRole;
    removeExtra: boolean;
    operation: "none" | "update";
    protected: boolean;
    missingRules: readonly StoredPolicyRule[] | null;
    extraRules: readonly StoredPolicyRule[] | null;
    result: StoredRole;
  }[];
  readonly diffSubjects: readonly {
    a: readonly StoredSubject[] | null;
    b: readonly StoredSubject[] | null;
    onlyA: readonly StoredSubject[] | null;
    onlyB: readonly StoredSubject[] | null;
  }[];
}

const FACTS = "rbac/facts.json";
const facts = () => JSON.parse(readOracle(FACTS)) as Facts; // the oracle's README is the contract

function reconciled({ metadata, rules, aggregationRule }: StoredRole): ReconciledRole {
  return {
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    rules: (rules ?? []).map(policyRuleOf),
    ...(aggregationRule === undefined ? {} : { selectors: aggregationRule.clusterRoleSelectors ?? [] }),
  };
}

testWithOracle(FACTS)("reconciling roles: operation, result, missing and extra rules", () => {
  const cases = facts().reconcileRole;
  expect(cases).toHaveLength(33);
  for (const one of cases) {
    const found = reconcileRole(reconciled(one.existing), reconciled(one.expected), one.removeExtra);
    expect(found).toEqual({
      operation: one.operation,
      isProtected: one.protected,
      missingRules: (one.missingRules ?? []).map(policyRuleOf),
      extraRules: (one.extraRules ?? []).map(policyRuleOf),
      result: reconciled(one.result),
    });
  }
});

testWithOracle(FACTS)("subjects that only one binding has", () => {
  const cases = facts().diffSubjects;
  expect(cases).toHaveLength(5);
  for (const { a, b, onlyA, onlyB } of cases) {
    expect(diffSubjects(a ?? [], b ?? [])).toEqual({ onlyOne: onlyA ?? [], onlyOther: onlyB ?? [] });
  }
});
