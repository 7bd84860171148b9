import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const user = (runAsUserName: string): object => ({ securityContext: { windowsOptions: { runAsUserName } } });

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer(user("containeradministrator"))))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test.each([
  ["ContainerAdministrator", 1],
  ["nt authority\\system", 1],
  ["SHOP\\Administrator", 1],
  ["ContainerUser", 0],
  ["SHOP\\cart", 0],
])("%s", (name, count) =>
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", ...user(name) }] }))).toHaveLength(count),
);

test("the pod's value counts where a container inherits it, HostProcess is another rule's", () => {
  const admin = user("ContainerAdministrator");
  expect(evidenceOf(rule, podOf({ ...admin, containers: [{ name: "a", ...user("ContainerUser") }] }))).toEqual([]);
  expect(keysOf(rule, podOf({ ...admin, containers: [{ name: "a" }] }))).toHaveLength(1);
  const hostProcess = {
    securityContext: { windowsOptions: { runAsUserName: "NT AUTHORITY\\SYSTEM", hostProcess: true } },
  };
  expect(evidenceOf(rule, podOf({ ...hostProcess, containers: [{ name: "a" }] }))).toEqual([]);
});
