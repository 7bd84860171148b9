import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

function policy(name: string, priority: number, ingress: readonly object[], tier = "Admin"): object {
  return {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name },
    spec: { tier, priority, subject: { namespaces: {} }, ingress },
  };
}
const team = (...values: readonly string[]): object => ({
  namespaces: { matchExpressions: [{ key: "team", operator: "In", values }] },
});
const said = (objects: readonly object[]): readonly unknown[] =>
  judge(rule, objects).findings.map(({ resource, arguments: { place, action, others } }) => [
    resource.name,
    place,
    action,
    others,
  ]);

test("the rules of several policies hide a rule together, in the order of their priorities", () => {
  const objects = [
    policy("late", 9, [{ action: "Deny", from: [team("a", "b")] }]),
    policy("first", 1, [{ action: "Accept", from: [team("a")] }]),
    policy("second", 2, [{ action: "Pass", from: [team("b")] }]),
  ];
  expect(said(objects)).toEqual([["late", "ingress[0]", "Deny", "first ingress[0], second ingress[0]"]]);
  expect(said(objects.slice(0, 2))).toEqual([]);
});

test("of equal priorities neither hides the other", () => {
  const rules = [{ action: "Accept", from: [team("a")] }];
  expect(said([policy("one", 5, rules), policy("two", 5, rules)])).toEqual([]);
});

test("Baseline is hidden by what Admin always decides, not by what it may pass on", () => {
  const accept = { action: "Accept", from: [{ namespaces: {} }] };
  const baseline = policy("baseline", 1, [{ action: "Deny", from: [team("a")] }], "Baseline");
  expect(said([policy("admin", 3, [accept]), baseline])).toEqual([
    ["baseline", "ingress[0]", "Deny", "admin ingress[0]"],
  ]);
  const passing = policy("admin", 3, [{ action: "Pass", from: [team("a", "c")] }, accept]);
  expect(said([passing, baseline])).toEqual([]);
});

test("the older API is asked in the same order", () => {
  const admin = {
    apiVersion: "policy.networking.k8s.io/v1alpha1",
    kind: "AdminNetworkPolicy",
    metadata: { name: "old" },
    spec: {
      priority: 1,
      subject: { namespaces: {} },
      egress: [
        { action: "Allow", to: [{ networks: ["10.0.0.0/8"] }] },
        {
          action: "Deny",
          to: [{ networks: ["10.1.0.0/16"] }],
          ports: [{ portNumber: { protocol: "TCP", port: 443 } }],
        },
        { action: "Deny", to: [{ namespaces: {} }] },
      ],
    },
  };
  expect(said([admin])).toEqual([["old", "egress[1]", "Deny", "egress[0]"]]);
});
