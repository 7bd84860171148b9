import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const group = (runAsGroup: number): object => ({ securityContext: { runAsGroup } });

test("every kind of container is looked at, and the pod", () => {
  expect(keysOf(rule, podOf(everyContainer(group(999))))).toEqual(["init", "sidecar", "main", "debug"]);
  expect(evidenceOf(rule, podOf({ ...group(5), containers: [{ name: "a" }] }))).toEqual([
    "spec.securityContext.runAsGroup: 5",
  ]);
});

test("0 is another rule's, and in a user namespace any number will do", () => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", ...group(0) }] }))).toEqual([]);
  expect(evidenceOf(rule, podOf({ hostUsers: false, containers: [{ name: "a", ...group(1) }] }))).toEqual([]);
});
