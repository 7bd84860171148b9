import { expect, test } from "vitest";
import { judge } from "../../../test/relation-findings.ts";
import { NEWEST_KNOWN_MINOR } from "../../kubernetes/kubernetes-version.ts";
import { defaultBindings, defaultRoles } from "./bootstrap.ts";
import { account, clusterRole, clusterRoleBinding, rule as given } from "./objects.fixture.ts";
import { RULES } from "../../controls/registry.generated.ts";
import { rule as fullControl } from "./rules/full-control/rule.ts";
import { rule as secretsRead } from "./rules/secrets-read-cluster-wide/rule.ts";

const ACCESS_RULES = RULES.filter(({ id }) => id.startsWith("access/"));

test("what Kubernetes brings is no finding of any access rule", () => {
  const brought = [...defaultRoles(NEWEST_KNOWN_MINOR), ...defaultBindings(NEWEST_KNOWN_MINOR)];
  expect(ACCESS_RULES.length).toBeGreaterThanOrEqual(40);
  expect(ACCESS_RULES.flatMap((rule) => judge(rule, brought).found)).toEqual([]);
});

test("a role that gathers cluster-admin has full control, and answers for it", () => {
  const aggregationRule = {
    clusterRoleSelectors: [{ matchLabels: { "kubernetes.io/bootstrapping": "rbac-defaults" } }],
  };
  const labelled = [...defaultRoles(NEWEST_KNOWN_MINOR)].map(({ metadata, ...rest }) => {
    return { ...rest, metadata: { ...metadata, labels: { "kubernetes.io/bootstrapping": "rbac-defaults" } } };
  });
  const all = [...labelled, clusterRole("all", null, { aggregationRule })];
  expect(judge(fullControl, all).found).toEqual(["ClusterRole/all: "]);
});

test("a rule that another role gathers is judged where it stands, with whom that role reaches", () => {
  const labels = { gathered: "true" };
  const part = clusterRole("part", [given(["get"], ["secrets"])], { metadata: { name: "part", labels } });
  const whole = clusterRole("whole", null, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] } });
  const bound = clusterRoleBinding("b", "whole", [account("shop", "cart")]);
  const { found, findings } = judge(secretsRead, [part, whole, bound]);
  expect(found).toEqual(["ClusterRole/part: "]);
  expect(findings[0]?.arguments).toMatchObject({ subjects: "ServiceAccount shop/cart", namespaces: "*" });
});
