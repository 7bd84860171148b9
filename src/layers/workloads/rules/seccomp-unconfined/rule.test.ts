import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const withType = (type: unknown): object => ({ securityContext: { seccompProfile: { type } } });

test("every kind of container is looked at, and the pod itself", () => {
  const unconfined = withType("Unconfined");
  expect(keysOf(rule, podOf({ ...unconfined, ...everyContainer(unconfined) }))).toEqual([
    "securityContext.seccompProfile.type",
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("a pod's refused profile counts even where the container has a good one", () => {
  const spec = { ...withType("Unconfined"), containers: [{ name: "a", ...withType("RuntimeDefault") }] };
  expect(evidenceOf(rule, podOf(spec))).toEqual(['spec.securityContext.seccompProfile.type: "Unconfined"']);
});

test("a profile without a type is refused, no profile is not", () => {
  const containers = [
    { name: "a", ...withType(null) },
    { name: "b", securityContext: { seccompProfile: null } },
  ];
  expect(evidenceOf(rule, podOf({ containers }))).toEqual([
    "spec.containers[0].securityContext.seccompProfile.type: unset",
  ]);
});
