import { expect, test } from "vitest";
import { evidenceOf, findingsOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const setting = (...names: readonly string[]): object =>
  podOf({ securityContext: { sysctls: names.map((name) => ({ name, value: "1" })) } });

test("each sysctl is one finding, named by the sysctl, slashes included", () => {
  const found = findingsOf(rule, setting("kernel.msgmax", "net.ipv4.tcp_syncookies", "net/ipv4/ip_forward"));
  expect(found.map(({ arguments: { name } }) => name)).toEqual(["kernel.msgmax", "net/ipv4/ip_forward"]);
});

test.each([
  ["net.ipv4.tcp_keepalive_time", 29],
  ["net.ipv4.tcp_rmem", 32],
  ["net.ipv4.tcp_notsent_lowat", 37],
])("%s is accepted from Kubernetes 1.%i on", (name, minor) => {
  expect([evidenceOf(rule, setting(name), minor - 1).length, evidenceOf(rule, setting(name), minor).length]).toEqual([
    1, 0,
  ]);
});
