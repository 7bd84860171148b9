import { expect, test } from "vitest";
import { evidenceOf, isNotApplicable } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const job = (spec: object, metadata: object = {}): object => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "x", ...metadata },
  spec,
});

test("zero removes it at once", () => {
  expect(
    [{ ttlSecondsAfterFinished: 0 }, { ttlSecondsAfterFinished: null }].map(
      (spec) => evidenceOf(rule, job(spec)).length,
    ),
  ).toEqual([0, 1]);
});

test("a CronJob, and the Jobs it owns, have history limits", () => {
  expect(evidenceOf(rule, job({}, { ownerReferences: [{ kind: "CronJob", name: "c", controller: true }] }))).toEqual(
    [],
  );
  expect(
    isNotApplicable(rule, { apiVersion: "batch.volcano.sh/v1alpha1", kind: "Job", metadata: { name: "x" }, spec: {} }),
  ).toBe(true);
});
