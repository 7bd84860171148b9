import { expect, test } from "vitest";
import { everyContainer, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const privileged = { securityContext: { privileged: true } };

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer(privileged)))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("false and null are the default", () => {
  const containers = [
    { name: "a", securityContext: { privileged: false } },
    { name: "b", securityContext: { privileged: null } },
  ];
  expect(keysOf(rule, podOf({ containers }))).toEqual([]);
});
