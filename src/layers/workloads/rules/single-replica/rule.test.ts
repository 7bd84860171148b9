import { expect, test } from "vitest";
import { evidenceOf, isNotApplicable } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const deployment = (replicas: number | null, apiVersion = "apps/v1"): object => ({
  apiVersion,
  kind: "Deployment",
  metadata: { name: "x" },
  spec: { replicas },
});

test("absent and zero are not judged", () => {
  expect([1, 0, 2, null].map((replicas) => evidenceOf(rule, deployment(replicas)).length)).toEqual([1, 0, 0, 0]);
});

test("another group's kind of the same name is not meant", () => {
  expect(isNotApplicable(rule, deployment(1, "example.com/v1"))).toBe(true);
});
