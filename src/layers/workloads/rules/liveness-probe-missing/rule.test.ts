import { expect, test } from "vitest";
import { everyContainer, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("only regular containers are asked", () => expect(keysOf(rule, podOf(everyContainer({})))).toEqual(["main"]));

test("pods that end are not", () => {
  expect(isNotApplicable(rule, podOf({ restartPolicy: "Never", containers: [{ name: "a" }] }))).toBe(true);
  const template = { spec: { containers: [{ name: "a" }] } };
  expect(
    isNotApplicable(rule, { apiVersion: "batch/v1", kind: "Job", metadata: { name: "j" }, spec: { template } }),
  ).toBe(true);
});
