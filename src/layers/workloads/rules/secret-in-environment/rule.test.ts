import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("each variable of each kind of container is one finding", () => {
  const env = [
    { name: "A", valueFrom: { secretKeyRef: { name: "s", key: "a" } } },
    { name: "B", valueFrom: { configMapKeyRef: { name: "c", key: "b" } } },
  ];
  expect(keysOf(rule, podOf(everyContainer({ env })))).toEqual(["init/A", "sidecar/A", "main/A", "debug/A"]);
});

test("whole Secrets are another rule's", () => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", envFrom: [{ secretRef: { name: "s" } }] }] }))).toEqual([]);
});
