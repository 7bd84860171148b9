import { expect, test } from "vitest";
import { everyContainer, evidenceOf, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const capabilities = (add: readonly string[], drop: readonly string[]): object => ({
  securityContext: { capabilities: { add, drop } },
});

test("every kind of container must drop ALL, in these letters", () => {
  expect(keysOf(rule, podOf(everyContainer(capabilities([], ["all"]))))).toEqual(["init", "sidecar", "main", "debug"]);
  expect(keysOf(rule, podOf(everyContainer(capabilities(["NET_BIND_SERVICE"], ["KILL", "ALL"]))))).toEqual([]);
});

test("what baseline allows to add is reported here, what it refuses by added-capabilities", () => {
  const containers = [
    { name: "a", ...capabilities(["CHOWN", "SYS_ADMIN"], ["ALL"]) },
    { name: "b", ...capabilities(["NET_RAW"], ["ALL"]) },
  ];
  expect(evidenceOf(rule, podOf({ containers }))).toEqual([
    'spec.containers[0].securityContext.capabilities.add[0]: "CHOWN"',
  ]);
});

test("windows pods are let pass, and before 1.22 nothing asks for it", () => {
  expect(keysOf(rule, podOf({ os: { name: "windows" }, containers: [{ name: "a" }] }))).toEqual([]);
  expect(isNotApplicable(rule, podOf({ containers: [{ name: "a" }] }), 21)).toBe(true);
});
