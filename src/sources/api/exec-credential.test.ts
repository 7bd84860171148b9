import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { execCredential } from "./exec-credential.ts";
import { readExecPlugin } from "./exec-plugin.ts";
import type { ExecEntry } from "./kubeconfig-file.ts";
import type { PluginTerminal } from "./run-plugin.ts";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ringwall-plugin-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const V1 = "client.authentication.k8s.io/v1";
let count = 0;

/** A plugin that is a shell script, and counts its runs in a file. */
function plugin(script: string, more: ExecEntry = {}): ExecEntry & { readonly runs: () => number } {
  const path = join(directory, `plugin-${++count}`);
  writeFileSync(path, `#!/bin/sh\necho run >> "${path}.runs"\n${script}\n`);
  chmodSync(path, 0o755);
  const runs = () => readFileSync(`${path}.runs`, "utf8").trim().split("\n").length;
  return { apiVersion: V1, command: path, interactiveMode: "Never", ...more, runs };
}

const answer = (status: object, apiVersion = V1) =>
  `cat <<'END'\n${JSON.stringify({ kind: "ExecCredential", apiVersion, status })}\nEND`;

function source(exec: ExecEntry, now = () => 0, terminal: Partial<PluginTerminal> = {}) {
  const read = readExecPlugin("u", join(directory, "config"), exec, { server: "https://10.0.0.1", config: { a: 1 } });
  const environment = { PATH: process.env["PATH"], FROM_OUTSIDE: "yes" };
  return execCredential({ plugin: read, terminal: { isInteractive: false, environment, ...terminal }, base: {}, now });
}

test("a token is kept until it expires, and asked for once by all who wait", async () => {
  const exec = plugin(answer({ token: "t", expirationTimestamp: "1970-01-01T00:01:00Z" }));
  let now = 0;
  const credentials = source(exec, () => now);
  expect(await Promise.all([credentials.current(), credentials.current()])).toEqual([{ token: "t" }, { token: "t" }]);
  await credentials.current();
  expect(exec.runs()).toBe(1);
  now = 60_000;
  await credentials.current();
  expect(exec.runs()).toBe(2);
});

test("a refused credential is asked for again, but not one that was replaced already", async () => {
  const exec = plugin(answer({ token: "t" }));
  const credentials = source(exec);
  const first = await credentials.current();
  credentials.renew(first);
  await credentials.current();
  credentials.renew(first);
  await credentials.current();
  expect(exec.runs()).toBe(2);
});

test("a plugin is told the version, the cluster if it asks, its arguments and its environment", async () => {
  const script = 'printf %s "$KUBERNETES_EXEC_INFO" > "$0.info"; printf "%s " "$@" "$OWN" "$FROM_OUTSIDE" > "$0.words"';
  const exec = plugin(`${script}\n${answer({ token: "t" })}`, {
    args: ["get", "token"],
    env: [{ name: "OWN", value: "mine" }],
    provideClusterInfo: true,
  });
  await source(exec).current();
  expect(JSON.parse(readFileSync(`${String(exec.command)}.info`, "utf8"))).toEqual({
    kind: "ExecCredential",
    apiVersion: V1,
    spec: { interactive: false, cluster: { server: "https://10.0.0.1", config: { a: 1 } } },
  });
  expect(readFileSync(`${String(exec.command)}.words`, "utf8")).toBe("get token mine yes ");
});

test("v1beta1 is spoken too, client certificates are taken, and a command may be relative to the kubeconfig", async () => {
  const beta = "client.authentication.k8s.io/v1beta1";
  const exec = plugin(answer({ clientCertificateData: "CERT", clientKeyData: "KEY" }, beta));
  const { interactiveMode: _, ...entry } = { ...exec, apiVersion: beta, command: `./plugin-${count}` };
  expect(await source(entry).current()).toEqual({ clientCertificate: { certificate: "CERT", key: "KEY" } });
});

test("a missing plugin is told with its install hint", async () => {
  const exec = {
    apiVersion: V1,
    command: "no-such-plugin",
    interactiveMode: "Never",
    installHint: "Install it from\n example.",
  };
  await expect(source(exec).current()).rejects.toThrow(
    'credential plugin "no-such-plugin" of user "u" is not installed. Install it from example.',
  );
});

test("a failing plugin is told with its exit code and what it said first", async () => {
  const said: string[] = [];
  const exec = plugin('echo "session expired, run login" >&2; echo more >&2; exit 3');
  const credentials = source(exec, () => 0, { onMessage: (text) => said.push(text) });
  await expect(credentials.current()).rejects.toThrow(
    /of user "u" failed \(exit code 3\): session expired, run login$/,
  );
  expect(said.join("")).toBe("session expired, run login\nmore\n");
});

test("a plugin that hangs is ended", async () => {
  const credentials = source(plugin("exec sleep 600"), () => 0, { timeoutMilliseconds: 100 });
  await expect(credentials.current()).rejects.toThrow("gave no answer within 0.1 s");
});

test("a plugin that must ask needs a terminal", async () => {
  const exec = plugin(answer({ token: "t" }), { interactiveMode: "Always" });
  await expect(source(exec).current()).rejects.toMatchObject({ failure: { code: "plugin-needs-terminal" } });
});

test.each([
  ["no JSON", "echo token=s3cr3t", "it printed something that is not JSON"],
  ["nothing", "true", "it printed nothing"],
  [
    "another version",
    answer({ token: "s3cr3t" }, "client.authentication.k8s.io/v1beta1"),
    `its apiVersion is not ${V1}`,
  ],
  ["no status", `echo '{"kind":"ExecCredential","apiVersion":"${V1}"}'`, "it has no status"],
  ["no credential", answer({ token: "" }), "it has neither a token nor a client certificate"],
  [
    "a certificate without key",
    answer({ clientCertificateData: "C" }),
    "a client certificate and its key come together",
  ],
  [
    "an expiry that is no time",
    answer({ token: "s3cr3t", expirationTimestamp: "soon" }),
    "its expirationTimestamp is no time",
  ],
  ["a field of the wrong type", answer({ token: 1 }), "status.token is number, not string"],
])("an answer with %s is refused without quoting it", async (_, script, words) => {
  const reading = source(plugin(script)).current();
  await expect(reading).rejects.toThrow(words);
  await expect(reading).rejects.not.toThrow("s3cr3t");
});

test.each([
  [
    { apiVersion: "client.authentication.k8s.io/v1alpha1", command: "x" },
    "exec plugin version client.authentication.k8s.io/v1alpha1",
  ],
  [{ apiVersion: V1, command: "x" }, "without interactiveMode"],
  [{ apiVersion: V1, interactiveMode: "Never" }, "without command"],
])("a plugin entry that client-go refuses is refused: %j", (exec, words) => {
  expect(() => readExecPlugin("u", "f", exec, {})).toThrow(words);
});
