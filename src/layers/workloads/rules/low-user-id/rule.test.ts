import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const user = (runAsUser: number): object => ({ securityContext: { runAsUser } });

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer(user(999))))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("the pod's value counts where a container inherits it", () => {
  const containers = [
    { name: "a", ...user(10_000) },
    { name: "b", ...user(0) },
  ];
  expect(evidenceOf(rule, podOf({ ...user(1000), containers }))).toEqual([]);
  expect(evidenceOf(rule, podOf({ ...user(1000), containers: [...containers, { name: "c" }] }))).toEqual([
    "spec.securityContext.runAsUser: 1000",
  ]);
});

test("in a user namespace any number will do", () => {
  expect(evidenceOf(rule, podOf({ hostUsers: false, containers: [{ name: "a", ...user(1) }] }))).toEqual([]);
});
