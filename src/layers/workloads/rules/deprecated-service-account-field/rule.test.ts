import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("objects from a server carry both fields", () => {
  expect(evidenceOf(rule, podOf({ serviceAccount: "a", serviceAccountName: "a" }))).toEqual([]);
  expect(evidenceOf(rule, podOf({ serviceAccount: "a" }))).toEqual(['spec.serviceAccount: "a"']);
});
