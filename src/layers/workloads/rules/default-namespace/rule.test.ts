import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("only what is written counts", () => {
  expect(evidenceOf(rule, podOf({}, { namespace: "default" }))).toEqual(['metadata.namespace: "default"']);
  expect([podOf({}), podOf({}, { namespace: "shop" })].flatMap((pod) => evidenceOf(rule, pod))).toEqual([]);
});

test("controllers count like pods", () => {
  const object = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "c", namespace: "default" },
    spec: { jobTemplate: { spec: { template: { spec: {} } } } },
  };
  expect(evidenceOf(rule, object)).toEqual(['metadata.namespace: "default"']);
});
