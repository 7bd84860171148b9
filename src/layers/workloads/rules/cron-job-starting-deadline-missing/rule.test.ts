import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("any number will do", () => {
  const cron = (startingDeadlineSeconds: number | null): object => ({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "x" },
    spec: { startingDeadlineSeconds },
  });
  expect([60, null].map((seconds) => evidenceOf(rule, cron(seconds)).length)).toEqual([0, 1]);
});
