import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("only its own namespace is its business", () => {
  const spec = { hostNetwork: true, hostPID: true, hostIPC: true };
  expect(evidenceOf(rule, podOf(spec))).toEqual(["spec.hostNetwork: true"]);
  expect(evidenceOf(rule, podOf({ ...spec, hostNetwork: false }))).toEqual([]);
});

test("a pod of HostProcess containers cannot do without", () => {
  const windowsOptions = { hostProcess: true };
  const inPod = { hostNetwork: true, securityContext: { windowsOptions }, containers: [{ name: "a" }] };
  const inContainer = { hostNetwork: true, containers: [{ name: "a", securityContext: { windowsOptions } }] };
  expect([inPod, inContainer].flatMap((spec) => evidenceOf(rule, podOf(spec)))).toEqual([]);
});
