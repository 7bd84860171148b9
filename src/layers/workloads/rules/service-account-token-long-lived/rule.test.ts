import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const projecting = (expirationSeconds: number | null): object =>
  podOf({
    volumes: [{ name: "v", projected: { sources: [null, { serviceAccountToken: { path: "t", expirationSeconds } }] } }],
  });

test("a day is accepted, unset is an hour", () => {
  expect([86_400, 86_401, null].map((seconds) => evidenceOf(rule, projecting(seconds)).length)).toEqual([0, 1, 0]);
});
