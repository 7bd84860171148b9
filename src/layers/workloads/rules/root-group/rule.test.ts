import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ securityContext: { runAsGroup: 0 } })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("the pod's three fields are one finding", () => {
  const securityContext = { runAsGroup: 0, fsGroup: 0, supplementalGroups: [10001, 0] };
  const pod = podOf({ securityContext, containers: [{ name: "a" }] });
  expect(evidenceOf(rule, pod)).toEqual([
    "spec.securityContext.runAsGroup: 0",
    "spec.securityContext.fsGroup: 0",
    "spec.securityContext.supplementalGroups[1]: 0",
  ]);
  expect(keysOf(rule, pod)).toHaveLength(1);
});
