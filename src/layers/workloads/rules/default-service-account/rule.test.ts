import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("unset, null and empty are default", () => {
  expect(
    [{}, { serviceAccountName: null }, { serviceAccountName: "" }].map((spec) => evidenceOf(rule, podOf(spec)).length),
  ).toEqual([1, 1, 1]);
});

test("the older field counts too, as the API server copies it", () => {
  expect(evidenceOf(rule, podOf({ serviceAccount: "cart" }))).toEqual([]);
  expect(evidenceOf(rule, podOf({ serviceAccountName: "default" }))).toEqual(['spec.serviceAccountName: "default"']);
});

test("static pods cannot have one", () => {
  expect(evidenceOf(rule, podOf({}, { annotations: { "kubernetes.io/config.mirror": "x" } }))).toEqual([]);
});
