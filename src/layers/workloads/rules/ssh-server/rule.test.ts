import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ command: ["/usr/sbin/sshd", "-D"] })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("ports count by number and protocol", () => {
  const ports = [{ containerPort: 22, protocol: "UDP" }, { containerPort: 2222 }, { containerPort: 222 }];
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", ports }] }))).toEqual([
    "spec.containers[0].ports[1].containerPort: 2222",
  ]);
});

test("a client is no server", () => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", command: ["ssh", "host"] }] }))).toEqual([]);
});
