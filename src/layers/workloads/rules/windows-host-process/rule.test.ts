import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const hostProcess = { securityContext: { windowsOptions: { hostProcess: true } } };

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer(hostProcess)))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("the pod's own value counts, whatever the containers say", () => {
  const containers = [{ name: "a", securityContext: { windowsOptions: { hostProcess: false } } }];
  expect(evidenceOf(rule, podOf({ ...hostProcess, containers }))).toEqual([
    "spec.securityContext.windowsOptions.hostProcess: true",
  ]);
});
