import { expect, test } from "vitest";
import { everyContainer, evidenceOf, findingsOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const unconfined = { securityContext: { appArmorProfile: { type: "Unconfined" } } };

test("every kind of container is looked at, and the pod itself", () => {
  expect(keysOf(rule, podOf({ ...unconfined, ...everyContainer(unconfined) }))).toEqual([
    "securityContext.appArmorProfile.type",
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("a pod's refused profile counts even where the container has a good one", () => {
  const containers = [{ name: "a", securityContext: { appArmorProfile: { type: "RuntimeDefault" } } }];
  expect(evidenceOf(rule, podOf({ ...unconfined, containers }))).toEqual([
    'spec.securityContext.appArmorProfile.type: "Unconfined"',
  ]);
});

test("an annotation names its container", () => {
  const annotations = { "container.apparmor.security.beta.kubernetes.io/web": "unconfined" };
  const [finding] = findingsOf(rule, podOf({}, { annotations }));
  expect(finding?.arguments).toEqual({ name: "web", containers: 1, value: "unconfined" });
});
