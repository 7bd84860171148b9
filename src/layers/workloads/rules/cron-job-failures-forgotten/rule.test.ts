import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("unset keeps one", () => {
  const cron = (failedJobsHistoryLimit: number | null): object => ({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "x" },
    spec: { failedJobsHistoryLimit },
  });
  expect([0, 1, null].map((limit) => evidenceOf(rule, cron(limit)).length)).toEqual([1, 0, 0]);
});
