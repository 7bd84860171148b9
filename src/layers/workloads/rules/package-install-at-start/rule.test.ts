import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container but a debugging one is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ args: ["-c", "pip3 install --user requests"] })))).toEqual([
    "init",
    "sidecar",
    "main",
  ]);
});

test.each([
  ["apt-get update && apt-get -y install jq", 1],
  ["dnf -q install tar", 1],
  ["npm ci && node .", 1],
  ["apk update", 0],
  ["echo install | apt-get", 0],
  ["apt-get update; ./install", 0],
])("%s", (script, count) => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", command: ["sh", "-c", script] }] }))).toHaveLength(count);
});
