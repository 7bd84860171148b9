import { expect, test } from "vitest";
import { everyContainer, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const unmasked = { securityContext: { procMount: "Unmasked" } };

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf({ hostUsers: false, ...everyContainer(unmasked) }))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("without a user namespace it is another rule's", () => {
  expect(keysOf(rule, podOf(everyContainer(unmasked)))).toEqual([]);
});

test("before Kubernetes 1.35 nothing asks for it", () => {
  expect(isNotApplicable(rule, podOf({ hostUsers: false, containers: [{ name: "a", ...unmasked }] }), 34)).toBe(true);
});
