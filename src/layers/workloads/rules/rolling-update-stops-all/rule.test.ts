import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const deployment = (maxUnavailable: unknown, replicas: number | null = 3): object => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "x" },
  spec: { replicas, strategy: { rollingUpdate: { maxUnavailable } } },
});

test("percentages and numbers", () => {
  expect(["100%", "99%", 3, 2, "50%", null].map((value) => evidenceOf(rule, deployment(value)).length)).toEqual([
    1, 0, 1, 0, 0, 0,
  ]);
});

test("one replica is another rule's, and an open number is not judged", () => {
  expect(
    [deployment(1, 1), deployment("100%", 1), deployment(5, null)].flatMap((object) => evidenceOf(rule, object)),
  ).toEqual([]);
});

test("a DaemonSet has its own field", () => {
  const object = {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "x" },
    spec: { updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } } },
  };
  expect(evidenceOf(rule, object)).toEqual(['spec.updateStrategy.rollingUpdate.maxUnavailable: "100%"']);
});
