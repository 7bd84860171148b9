import { expect, test } from "vitest";
import { keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("selectors and required affinity are looked at, preferences are not", () => {
  const terms = [
    { matchExpressions: [{ key: "failure-domain.beta.kubernetes.io/zone", operator: "In", values: ["a"] }] },
  ];
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } };
  const nodeSelector = { "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64" };
  expect(keysOf(rule, podOf({ nodeSelector, affinity }))).toEqual([
    "beta.kubernetes.io/os",
    "failure-domain.beta.kubernetes.io/zone",
  ]);
  const preferred = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ preference: terms[0] }] } };
  expect(keysOf(rule, podOf({ affinity: preferred }))).toEqual([]);
});

test("what is malformed is not read", () => {
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: "x" } } };
  expect(keysOf(rule, podOf({ affinity }))).toEqual([]);
});
