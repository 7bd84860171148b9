import { expect, test } from "vitest";
import { everyContainer, evidenceOf, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("each is one finding", () => {
  expect(keysOf(rule, podOf(everyContainer({})))).toEqual(["debug"]);
  expect(evidenceOf(rule, podOf({ ephemeralContainers: [] }))).toEqual([]);
});

test("templates cannot have them", () => {
  const template = { spec: { ephemeralContainers: [{ name: "x" }] } };
  expect(
    isNotApplicable(rule, { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d" }, spec: { template } }),
  ).toBe(true);
});
