import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("Jobs by themselves, and a deadline of the pods is one too", () => {
  const job = (spec: object): object => ({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "x" }, spec });
  expect(evidenceOf(rule, job({}))).toEqual(["spec.activeDeadlineSeconds: unset"]);
  expect(evidenceOf(rule, job({ template: { spec: { activeDeadlineSeconds: 60 } } }))).toEqual([]);
});
