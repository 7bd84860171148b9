import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("false and null are the default", () => {
  expect([true, false, null].map((value) => evidenceOf(rule, podOf({ shareProcessNamespace: value })).length)).toEqual([
    1, 0, 0,
  ]);
});
