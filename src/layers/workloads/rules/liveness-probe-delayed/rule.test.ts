import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const waiting = (initialDelaySeconds: number, startupProbe: object | null): object =>
  podOf({ containers: [{ name: "a", startupProbe, livenessProbe: { initialDelaySeconds } }] });

test("a minute is accepted, and anything behind a startup probe", () => {
  expect([waiting(60, null), waiting(61, null), waiting(600, {})].map((pod) => evidenceOf(rule, pod).length)).toEqual([
    0, 1, 0,
  ]);
});
