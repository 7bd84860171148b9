import { expect, test } from "vitest";
import { evidenceOf, isNotApplicable, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("in a pod the scheduler has written it", () => {
  expect(isNotApplicable(rule, podOf({ nodeName: "n" }))).toBe(true);
});

test("an empty name is none", () => {
  const job = (nodeName: string): object => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "j" },
    spec: { template: { spec: { nodeName } } },
  });
  expect([evidenceOf(rule, job("")).length, evidenceOf(rule, job("n")).length]).toEqual([0, 1]);
});
