import { expect, test } from "vitest";
import { everyContainer, evidenceOf, findingsOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const withOptions = (seLinuxOptions: object): object => ({ securityContext: { seLinuxOptions } });

test("every kind of container is looked at, and the pod itself", () => {
  const spc = withOptions({ type: "spc_t" });
  expect(keysOf(rule, podOf({ ...spc, ...everyContainer(spc) }))).toEqual([
    "securityContext.seLinuxOptions.type",
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("type, user and role of one container are one finding", () => {
  const options = withOptions({ type: "spc_t", user: "system_u", role: "", level: "s0:c1" });
  const [finding, ...others] = findingsOf(rule, podOf({ containers: [{ name: "a", ...options }] }));
  expect([finding?.arguments["value"], others]).toEqual(["spc_t, system_u", []]);
});

test("container_engine_t is accepted from Kubernetes 1.31 on", () => {
  const pod = podOf(withOptions({ type: "container_engine_t" }));
  expect([evidenceOf(rule, pod, 30).length, evidenceOf(rule, pod, 31).length]).toEqual([1, 0]);
});
