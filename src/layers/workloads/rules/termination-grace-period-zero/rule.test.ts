import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("unset is 30", () => {
  expect([0, 1, null].map((value) => evidenceOf(rule, podOf({ terminationGracePeriodSeconds: value })).length)).toEqual(
    [1, 0, 0],
  );
});
