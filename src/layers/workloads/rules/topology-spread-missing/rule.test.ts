import { expect, test } from "vitest";
import { evidenceOf, isNotApplicable } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const workload = (kind: string, replicas: number | null, spec: object): object => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: "w" },
  spec: { replicas, template: { spec } },
});

test("either way of keeping apart will do", () => {
  const ways = [{ topologySpreadConstraints: [{}] }, { affinity: { podAntiAffinity: { x: 1 } } }];
  expect(ways.flatMap((spec) => evidenceOf(rule, workload("Deployment", 2, spec)))).toEqual([]);
  expect(
    evidenceOf(rule, workload("StatefulSet", 2, { topologySpreadConstraints: [], affinity: { nodeAffinity: {} } })),
  ).toHaveLength(1);
});

test("one replica, or a number that the manifest leaves open, is not judged", () => {
  expect([1, 0, null].map((replicas) => isNotApplicable(rule, workload("Deployment", replicas, {})))).toEqual([
    true,
    true,
    true,
  ]);
  expect(isNotApplicable(rule, workload("DaemonSet", 3, {}))).toBe(true);
});
