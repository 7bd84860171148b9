import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("unset is true", () => {
  expect(evidenceOf(rule, podOf({}))).toEqual(["spec.enableServiceLinks: unset"]);
  expect(evidenceOf(rule, podOf({ enableServiceLinks: false }))).toEqual([]);
});
