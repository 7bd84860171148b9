import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const cron = (spec: object): object => ({ apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "x" }, spec });

test("unset is Allow", () => {
  expect(
    [{}, { concurrencyPolicy: "Allow" }, { concurrencyPolicy: "Replace" }].map(
      (spec) => evidenceOf(rule, cron(spec)).length,
    ),
  ).toEqual([1, 1, 0]);
});

test("a suspended one is judged too: it will run again", () => {
  expect(evidenceOf(rule, cron({ suspend: true }))).toEqual(["spec.concurrencyPolicy: unset"]);
});
