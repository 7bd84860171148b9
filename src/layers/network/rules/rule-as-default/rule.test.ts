import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

function policy(tier: string, priority: number, ingress: readonly object[], name = tier): object {
  return {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name },
    spec: { tier, priority, subject: { namespaces: {} }, ingress },
  };
}
const from = [{ namespaces: { matchLabels: { team: "a" } } }];
const found = (...objects: readonly object[]): readonly unknown[] =>
  judge(rule, objects).findings.map(({ resource, arguments: { place, action } }) => [resource.name, place, action]);

test("passing on is what happens at the end of a tier, and accepting at the end of Baseline", () => {
  expect(found(policy("Admin", 1, [{ action: "Pass", from }]))).toEqual([["Admin", "ingress[0]", "Pass"]]);
  expect(found(policy("Baseline", 1, [{ action: "Accept", from }]))).toEqual([["Baseline", "ingress[0]", "Accept"]]);
  expect(found(policy("Admin", 1, [{ action: "Accept", from }]))).toEqual([]);
  expect(found(policy("Baseline", 1, [{ action: "Deny", from }]))).toEqual([]);
});

test("a later rule of any policy of the tier gives it its meaning, unless it is about others", () => {
  const deny = (team: string): object => ({ action: "Deny", from: [{ namespaces: { matchLabels: { team } } }] });
  const pass = policy("Admin", 1, [{ action: "Pass", from }]);
  expect(found(pass, policy("Admin", 2, [deny("a")], "later"))).toEqual([]);
  expect(found(pass, policy("Admin", 2, [deny("b")], "later"))).toEqual([["Admin", "ingress[0]", "Pass"]]);
  expect(found(pass, policy("Baseline", 2, [deny("a")]))).toEqual([["Admin", "ingress[0]", "Pass"]]);
});
