import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test.each(["DaemonSet", "StatefulSet"])("%s", (kind) => {
  const workload = (updateStrategy: object | null): object => ({
    apiVersion: "apps/v1",
    kind,
    metadata: { name: "x" },
    spec: { updateStrategy },
  });
  expect(
    [{ type: "OnDelete" }, { type: "RollingUpdate" }, null].map(
      (strategy) => evidenceOf(rule, workload(strategy)).length,
    ),
  ).toEqual([1, 0, 0]);
});
