import { expect, test } from "vitest";
import { everyContainer, evidenceOf, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container must say so", () => {
  expect(keysOf(rule, podOf(everyContainer({})))).toEqual(["init", "sidecar", "main", "debug"]);
  expect(keysOf(rule, podOf(everyContainer({ securityContext: { readOnlyRootFilesystem: true } })))).toEqual([]);
});

test("unset is false, and windows pods are let pass", () => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a" }] }))).toEqual([
    "spec.containers[0].securityContext.readOnlyRootFilesystem: unset",
  ]);
  expect(isNotApplicable(rule, podOf({ os: { name: "windows" } }))).toBe(true);
});
