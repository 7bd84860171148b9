import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test.each(["Deployment", "StatefulSet", "DaemonSet"])("%s", (kind) => {
  const workload = (revisionHistoryLimit: number | null): object => ({
    apiVersion: "apps/v1",
    kind,
    metadata: { name: "x" },
    spec: { revisionHistoryLimit },
  });
  expect([0, 1, null].map((limit) => evidenceOf(rule, workload(limit)).length)).toEqual([1, 0, 0]);
});
