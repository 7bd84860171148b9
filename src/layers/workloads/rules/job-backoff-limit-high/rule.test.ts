import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("ten are accepted, unset is six", () => {
  const job = (backoffLimit: number | null): object => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "x" },
    spec: { backoffLimit },
  });
  expect([10, 11, null].map((limit) => evidenceOf(rule, job(limit)).length)).toEqual([0, 1, 0]);
});

test("the Jobs of a CronJob are judged where they stand", () => {
  const cron = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "x" },
    spec: { jobTemplate: { spec: { backoffLimit: 99 } } },
  };
  expect(evidenceOf(rule, cron)).toEqual(["spec.jobTemplate.spec.backoffLimit: 99"]);
});
