import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("only its own namespace is its business", () => {
  const spec = { hostNetwork: true, hostPID: true, hostIPC: true };
  expect(evidenceOf(rule, podOf(spec))).toEqual(["spec.hostIPC: true"]);
  expect(evidenceOf(rule, podOf({ ...spec, hostIPC: false }))).toEqual([]);
});

test("templates are judged like pods", () => {
  const object = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "c" },
    spec: { jobTemplate: { spec: { template: { spec: { hostIPC: true } } } } },
  };
  expect(evidenceOf(rule, object)).toEqual(["spec.jobTemplate.spec.template.spec.hostIPC: true"]);
});
