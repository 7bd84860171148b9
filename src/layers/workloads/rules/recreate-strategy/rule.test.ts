import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("unset is RollingUpdate", () => {
  const deployment = (strategy: object | null): object => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "x" },
    spec: { strategy },
  });
  expect([null, {}, { type: "Recreate" }].map((strategy) => evidenceOf(rule, deployment(strategy)).length)).toEqual([
    0, 0, 1,
  ]);
});
