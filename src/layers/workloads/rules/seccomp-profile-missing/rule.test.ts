import { expect, test } from "vitest";
import { everyContainer, evidenceOf, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const profile = (type: string): object => ({ securityContext: { seccompProfile: { type } } });

test("every kind of container must be covered", () => {
  expect(keysOf(rule, podOf(everyContainer({})))).toEqual(["init", "sidecar", "main", "debug"]);
  expect(keysOf(rule, podOf(everyContainer(profile("Localhost"))))).toEqual([]);
  expect(keysOf(rule, podOf({ ...profile("RuntimeDefault"), ...everyContainer({}) }))).toEqual([]);
});

test("a profile that is refused is another rule's", () => {
  expect(keysOf(rule, podOf({ ...profile("Unconfined"), containers: [{ name: "a" }] }))).toEqual([]);
  expect(keysOf(rule, podOf({ containers: [{ name: "a", ...profile("Unconfined") }] }))).toEqual([]);
});

test("the evidence names the field that is missing", () => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a" }] }))).toEqual([
    "spec.containers[0].securityContext.seccompProfile.type: unset",
  ]);
});

test("windows pods are let pass, and before 1.19 nothing asks for it", () => {
  expect(keysOf(rule, podOf({ os: { name: "windows" }, containers: [{ name: "a" }] }))).toEqual([]);
  expect(isNotApplicable(rule, podOf({ containers: [{ name: "a" }] }), 18)).toBe(true);
});
