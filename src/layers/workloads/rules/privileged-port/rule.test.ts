import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ ports: [{ containerPort: 1023 }] })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("all such ports of a container are one finding, 22 is another rule's", () => {
  const ports = [22, 53, 80, 1024, 0].map((containerPort) => ({ containerPort }));
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", ports }] }))).toEqual([
    "spec.containers[0].ports[1].containerPort: 53",
    "spec.containers[0].ports[2].containerPort: 80",
  ]);
});
