import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ command: ["/usr/bin/sudo", "id"] })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test.each([
  ["date; sudo id", 1],
  ["a && sudo -u b c", 1],
  ["$(sudo cat x)", 1],
  ["pseudo code", 0],
  ["cat /etc/sudo.conf", 0],
  ["echo sudoers", 0],
])("%s", (script, count) => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", command: ["sh", "-c", script] }] }))).toHaveLength(count);
});
