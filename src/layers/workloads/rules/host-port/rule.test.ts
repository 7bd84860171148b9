import { expect, test } from "vitest";
import { everyContainer, evidenceOf, findingsOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ ports: [{ containerPort: 80, hostPort: 80 }] })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("the ports of one container are one finding", () => {
  const ports = [
    { containerPort: 80, hostPort: 80 },
    { containerPort: 81, hostPort: 0 },
    { containerPort: 443, hostPort: 443 },
  ];
  const [finding, ...others] = findingsOf(rule, podOf({ containers: [{ name: "a", ports }] }));
  expect([finding?.arguments["value"], finding?.evidence.length, others]).toEqual(["80, 443", 2, []]);
});

test("a port that the node's network copies is not declared, one that the manifest writes is", () => {
  const ports = [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }];
  expect(evidenceOf(rule, podOf({ hostNetwork: true, containers: [{ name: "a", ports }] }))).toEqual([
    "spec.containers[0].ports[1].hostPort: 81",
  ]);
});
