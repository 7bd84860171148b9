import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container must say so", () => {
  expect(keysOf(rule, podOf(everyContainer({})))).toEqual(["init", "sidecar", "main", "debug"]);
  expect(evidenceOf(rule, podOf(everyContainer({ securityContext: { allowPrivilegeEscalation: false } })))).toEqual([]);
});

test("unset and null are true", () => {
  const containers = [{ name: "a" }, { name: "b", securityContext: { allowPrivilegeEscalation: null } }];
  expect(evidenceOf(rule, podOf({ containers }))).toEqual([
    "spec.containers[0].securityContext.allowPrivilegeEscalation: unset",
    "spec.containers[1].securityContext.allowPrivilegeEscalation: unset",
  ]);
});

test("containers for which the API server refuses false are left to their own rules", () => {
  const containers = [
    { name: "a", securityContext: { privileged: true } },
    { name: "b", securityContext: { capabilities: { add: ["CAP_SYS_ADMIN"] } } },
    { name: "c", securityContext: { capabilities: { add: ["SYS_ADMIN"] } } }, // the API server takes false here
  ];
  expect(keysOf(rule, podOf({ containers }))).toEqual(["c"]);
});

test("windows pods are let pass", () => {
  expect(keysOf(rule, podOf({ os: { name: "windows" }, containers: [{ name: "a" }] }))).toEqual([]);
});
