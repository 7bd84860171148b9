import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestCertificates, hasOpenssl } from "./certificates.fixture.ts";
import { warningText, type ConnectionWarning } from "./connection-warning.ts";
import { execCredential } from "./exec-credential.ts";
import { readExecPlugin } from "./exec-plugin.ts";
import type { ExecEntry } from "./kubeconfig-shape.ts";
import type { PluginTerminal } from "./run-plugin.ts";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ringwall-plugin-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const user = (file = "f") => ({
  name: "u",
  file,
  entry: {},
  at: (...field: readonly (string | number)[]) => `f:${field.at(-1)}`,
});
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
  const cluster = { server: "https://10.0.0.1", config: { a: 1 } };
  const read = readExecPlugin(user(join(directory, "config")), exec, cluster);
  const environment = { PATH: process.env["PATH"], FROM_OUTSIDE: "yes" };
  return execCredential({ plugin: read, terminal: { isInteractive: false, environment, ...terminal }, now });
}

test("a token is kept until it expires, and asked for once by all who wait", async () => {
  const exec = plugin(answer({ token: "t", expirationTimestamp: "1970-01-01T00:01:00Z" }));
  let now = 0;
  const credentials = source(exec, () => now);
  const credential = { token: "t", expiresAt: 60_000 };
  expect(await Promise.all([credentials.current(), credentials.current()])).toEqual([credential, credential]);
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

test("v1beta1 is spoken too, and a command may be relative to the kubeconfig", async () => {
  const beta = "client.authentication.k8s.io/v1beta1";
  const exec = plugin(answer({ token: "t" }, beta));
  const { interactiveMode: _, ...entry } = { ...exec, apiVersion: beta, command: `./plugin-${count}` };
  expect(await source(entry).current()).toEqual({ token: "t" });
});

const testWithOpenssl = hasOpenssl ? test : test.skip;

testWithOpenssl("a client certificate is taken when its key belongs to it", async () => {
  const { client, server, remove } = await createTestCertificates();
  remove();
  const give = (clientCertificateData: string, clientKeyData: string) =>
    source(plugin(answer({ clientCertificateData, clientKeyData }))).current();
  expect(await give(client.certificate, client.key)).toEqual({ clientCertificate: client });
  await expect(give(client.certificate, server.key)).rejects.toThrow("its key does not belong to its certificate");
  await expect(give("CERT", "KEY")).rejects.toThrow("its client certificate or key is unusable");
});

test("what is expired on arrival is used once, asked for again, and told of once", async () => {
  const exec = plugin(answer({ token: "t", expirationTimestamp: "2020-01-02T03:04:05Z" }));
  const told: ConnectionWarning[] = [];
  const now = Date.parse("2026-01-01T00:00:00Z");
  const credentials = source(exec, () => now, { onWarning: (warning) => told.push(warning) });
  expect(await credentials.current()).toMatchObject({ token: "t" });
  await credentials.current();
  expect(exec.runs()).toBe(2);
  expect(told.map(warningText)).toEqual([
    expect.stringContaining(
      `plugin "${exec.command}" of user "u" gave credentials that expired on 2020-01-02T03:04:05.000Z`,
    ),
  ]);
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

test("a failing plugin is told with its exit code, and what it said is said once", async () => {
  const said: string[] = [];
  const exec = plugin('echo "session expired, run login" >&2; printf more >&2; exit 3');
  const heard = source(exec, () => 0, { onMessage: (text) => said.push(text) });
  await expect(heard.current()).rejects.toThrow(/of user "u" failed \(exit code 3\); what it said stands above$/);
  expect(said.join("")).toBe("session expired, run login\nmore\n");
  await expect(source(exec).current()).rejects.toThrow(/failed \(exit code 3\): session expired, run login$/);
  await expect(source(plugin("exit 4"), () => 0, { onMessage: () => {} }).current()).rejects.toThrow(
    /failed \(exit code 4\): it said nothing$/,
  );
});

test("a plugin that may not be run is told so", async () => {
  const exec = plugin("true");
  chmodSync(exec.command ?? "", 0o644);
  await expect(source(exec).current()).rejects.toThrow("may not be run by this user; make it executable (chmod +x)");
});

/** A plugin that waits for what it started, and both write their numbers. */
const waiting = (trap = ":") =>
  plugin(`${trap}\nsh -c '${trap}; echo $$ > "$0.inner"; sleep 600' "$0" & echo $$ > "$0.outer"; wait`);
const numberIn = (file: string): number | undefined => {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text.endsWith("\n") ? Number(text) : undefined;
};
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // Nobody may be there to collect it: dead all the same.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};
const startedBy = async ({ command }: ExecEntry): Promise<readonly number[]> =>
  vi.waitUntil(() => {
    const pids = ["outer", "inner"].flatMap((name) => numberIn(`${command}.${name}`) ?? []);
    return pids.length === 2 ? pids : undefined;
  }, 10_000) as Promise<readonly number[]>; // it ends with what is no undefined

/** The kernel may take a moment to carry out what was ordered. */
const areGone = (pids: readonly number[]) => vi.waitUntil(() => !pids.some(isAlive), 5000);

test("a plugin that hangs is ended with all it started", async () => {
  const exec = waiting();
  const reading = source(exec, () => 0, { timeoutMilliseconds: 700 }).current();
  await expect(reading).rejects.toThrow("gave no answer within 0.7 s; run it by hand to see why, or allow it longer");
  await areGone(await startedBy(exec));
});

const testOnLinux = process.platform === "linux" ? test : test.skip;

testOnLinux("so is one that may ask and so stays in our group, once a limit was given", async () => {
  const exec = waiting();
  const terminal = { isInteractive: true, timeoutMilliseconds: 700 };
  const reading = source({ ...exec, interactiveMode: "IfAvailable" }, () => 0, terminal).current();
  await expect(reading).rejects.toThrow("gave no answer within 0.7 s");
  await areGone(await startedBy(exec));
});

test("an interrupted plugin is ended with all it started, even what does not heed", async () => {
  const exec = waiting("trap '' TERM");
  const interrupt = new AbortController();
  const reading = source(exec).current(interrupt.signal);
  const pids = await startedBy(exec);
  expect(pids.filter(isAlive)).toEqual(pids);
  interrupt.abort();
  await expect(reading).rejects.toThrow("failed (interrupted)");
  await areGone(pids);
});

test("a plugin that is quiet for a second is waited for aloud, one that speaks is not", async () => {
  const told: ConnectionWarning[] = [];
  const terminal = { onWaiting: (notice: ConnectionWarning) => told.push(notice), timeoutMilliseconds: 1300 };
  await expect(
    source(plugin("echo open this page >&2; exec sleep 600"), () => 0, terminal).current(),
  ).rejects.toThrow();
  expect(told).toEqual([]);
  const quiet = plugin("exec sleep 600");
  await expect(source(quiet, () => 0, terminal).current()).rejects.toThrow();
  expect(told.map(warningText)).toEqual([
    `waiting for credential plugin "${quiet.command}" of user "u"; Control-C ends it`,
  ]);
});

test("what a plugin leaves running does not hold up its answer, and lives on", async () => {
  const exec = plugin(`sleep 600 & echo $! > "$0.left"; ${answer({ token: "t" })}`);
  expect(await source(exec).current()).toEqual({ token: "t" });
  const left = numberIn(`${exec.command}.left`) ?? 0;
  expect(isAlive(left)).toBe(true);
  process.kill(left);
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
  [
    "an expiry that is half a time",
    answer({ token: "s3cr3t", expirationTimestamp: "2020" }),
    "its expirationTimestamp is no time",
  ],
  ["a token of two lines", answer({ token: "s3cr3t\nx" }), "its token holds characters that cannot be sent"],
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
  [{ apiVersion: V1, interactiveMode: "Never" }, 'f:command: user "u": an exec plugin without command'],
  [
    { apiVersion: V1, command: "x", interactiveMode: "Never", env: [{ value: "a" }] },
    'f:env: user "u": an environment variable without name',
  ],
])("a plugin entry that client-go refuses is refused: %j", (exec, words) => {
  expect(() => readExecPlugin(user(), exec, {})).toThrow(words);
});
