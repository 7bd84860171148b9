import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const ingress = [{ from: [{ podSelector: { matchLabels: { app: "a" } } }] }];

test("a policy is needed where it isolates pods that no other policy isolates", () => {
  const all = policyOf("all", { ingress });
  const some = policyOf("some", { podSelector: { matchLabels: { app: "web" } }, ingress });
  expect(judge(rule, [all, some]).found).toEqual(["NetworkPolicy/some: "]);
  const out = policyOf("some", { policyTypes: ["Ingress", "Egress"], ingress });
  expect(judge(rule, [all, out]).found).toEqual([]);
});

test("two policies may isolate together what one would", () => {
  const part = (name: string, operator: string): object =>
    policyOf(name, { podSelector: { matchExpressions: [{ key: "app", operator, values: ["x"] }] }, ingress });
  const whole = policyOf("whole", { ingress });
  expect(judge(rule, [part("in", "In"), part("out", "NotIn"), whole]).found).toEqual([
    "NetworkPolicy/in: ",
    "NetworkPolicy/out: ",
  ]);
});

test("policies that only isolate are never called redundant, nor are those of another namespace", () => {
  expect(judge(rule, [policyOf("deny", {}), policyOf("again", {})]).found).toEqual([]);
  const elsewhere = { ...policyOf("p", { ingress }), metadata: { name: "p", namespace: "other" } };
  expect(judge(rule, [policyOf("p", { ingress }), elsewhere]).found).toEqual([]);
});
