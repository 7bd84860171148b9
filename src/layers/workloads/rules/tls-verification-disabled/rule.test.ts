import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const variable = (name: string, value: string): object =>
  podOf({ containers: [{ name: "a", env: [{ name, value }] }] });
const command = (...args: readonly string[]): object => podOf({ containers: [{ name: "a", args }] });

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ args: ["--kubelet-insecure-tls"] })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test.each([
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0", 1],
  ["NODE_TLS_REJECT_UNAUTHORIZED", "1", 0],
  ["GIT_SSL_NO_VERIFY", "true", 1],
  ["VAULT_SKIP_VERIFY", "1", 1],
  ["VAULT_SKIP_VERIFY", "false", 0],
  ["ARGOCD_INSECURE_SKIP_VERIFY", "True", 1],
])("%s=%s", (name, value, count) => expect(evidenceOf(rule, variable(name, value))).toHaveLength(count));

test.each([
  ["--insecure-skip-tls-verify=true", 1],
  ["--insecure-skip-tls-verify=false", 0],
  ["curl -sSk https://api", 1],
  ["curl --insecure https://api && true", 1],
  ["wget --no-check-certificate https://x", 1],
  ["tar -k x", 0],
])("%s", (word, count) => expect(evidenceOf(rule, command("-c", word))).toHaveLength(count));

test("curl as words of its own counts too", () => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", command: ["curl", "-k", "https://x"] }] }))).toEqual([
    'spec.containers[0].command[1]: "-k"',
  ]);
});
