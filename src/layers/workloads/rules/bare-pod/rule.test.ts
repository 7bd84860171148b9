import { expect, test } from "vitest";
import { evidenceOf, isNotApplicable, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("pods that end by themselves, and static ones, need no controller", () => {
  expect(["Never", "OnFailure"].map((restartPolicy) => isNotApplicable(rule, podOf({ restartPolicy })))).toEqual([
    true,
    true,
  ]);
  expect(isNotApplicable(rule, podOf({}, { annotations: { "kubernetes.io/config.mirror": "x" } }))).toBe(true);
  expect(evidenceOf(rule, podOf({}))).toEqual(["metadata.ownerReferences: unset"]);
});

test("templates are not pods", () => {
  expect(
    isNotApplicable(rule, {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "d" },
      spec: { template: { spec: {} } },
    }),
  ).toBe(true);
});
