// Kubeconfigs that lead nowhere, taken by the built program: told by file, line and field, and nobody is dialled.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { interruptible } from "./interruptible.ts";
import { ringwall, withFolder } from "./program.ts";
import { CAUGHT, trapped } from "./trapped.ts";

interface Parts {
  readonly cluster?: readonly string[];
  readonly user?: readonly string[];
}

const HANDSHAKE = ["server: https://127.0.0.1:1"];

/** YAML whose first field of the cluster is on line 9, and that of the user three lines after the cluster's last. */
function kubeconfig({ cluster = HANDSHAKE, user = ["token: t0ken"] }: Parts): string {
  const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`);
  const context = ["apiVersion: v1", "kind: Config", "current-context: x", "contexts:"];
  const lines = [...context, "- {name: x, context: {cluster: c, user: u}}", "clusters:", "- name: c", "  cluster:"];
  return [...lines, ...indented(cluster), "users:", "- name: u", "  user:", ...indented(user), ""].join("\n");
}

const refused: readonly (readonly [what: string, parts: Parts, words: string])[] = [
  ["a number as server", { cluster: ["server: 5"] }, ":9: clusters[0].cluster.server must be text, not number"],
  ["a number in quotes as server", { cluster: ['server: "5"'] }, ':9: server of cluster "c": "5" is no server address'],
  ["a number as host", { cluster: ["server: https://5"] }, ':9: server of cluster "c": "https://5" is no server'],
  ["no server", { cluster: ['server: ""'] }, ':7: cluster "c" has no server address; add server:'],
  ["another scheme", { cluster: ["server: ftp://127.0.0.1"] }, "is no server address; write https://HOST[:PORT]"],
  ["a password in the address", { cluster: ["server: https://u:t0ken@127.0.0.1"] }, "a user name or password in the"],
  ["a number as proxy", { cluster: [...HANDSHAKE, "proxy-url: 5"] }, ":10: clusters[0].cluster.proxy-url must be text"],
  [
    "no such authority",
    { cluster: [...HANDSHAKE, "certificate-authority: ca.crt"] },
    ':10: certificate-authority of cluster "c": there is no file FOLDER/ca.crt; correct the path',
  ],
  [
    "an authority that is cut",
    { cluster: [...HANDSHAKE, "certificate-authority-data: LS0tLS1CRUdJTiBD"] },
    ':10: certificate-authority-data of cluster "c": no usable certificate in PEM',
  ],
  [
    "no such certificate",
    { user: ["client-certificate: me.crt", "client-key: me.key"] },
    ':13: client-certificate of user "u": there is no file FOLDER/me.crt',
  ],
  ["no such key", { user: ["client-key: me.key"] }, ':13: client-key of user "u": there is no file FOLDER/me.key'],
  ["no such token file", { user: ["tokenFile: tok"] }, ':13: tokenFile of user "u": there is no file FOLDER/tok'],
  ["an odd server name", { cluster: [...HANDSHAKE, "tls-server-name: a b"] }, '"a b" is no host name'],
  ["a list", {}, ": not a kubeconfig: it is array, where an object"],
  ["a plugin that must ask", { user: exec("true", "Always") }, "needs a terminal to ask you"],
];

function exec(command: string, interactiveMode = "Never"): readonly string[] {
  const apiVersion = "client.authentication.k8s.io/v1";
  return [`exec: ${JSON.stringify({ apiVersion, command, interactiveMode })}`];
}

test.each(refused)(
  "%s is one line with file, field and next step, exit 3, and no connection",
  async (what, parts, words) => {
    const config = what === "a list" ? "- a\n" : kubeconfig(parts);
    await withFolder({ config }, async (folder) => {
      const file = join(folder, "config");
      const { code, stderr } = await trapped(["scan", "--kubeconfig", file]);
      expect([code, stderr.split("\n").length]).toEqual([3, 2]);
      expect(stderr).toContain(words.replace("FOLDER", folder));
      if (what !== "a plugin that must ask") expect(stderr).toContain(`ringwall: ${file}`);
      expect(stderr).not.toMatch(/ENOENT|t0ken/);
    });
  },
);

test("the same kubeconfig without a mistake would connect", async () => {
  await withFolder({ config: kubeconfig({}) }, async (folder) => {
    expect((await trapped(["scan", "--kubeconfig", join(folder, "config")])).code).toBe(CAUGHT);
  });
});

test("a kubeconfig that is not there, or a directory, is a usage error", async () => {
  await withFolder({ config: "" }, async (folder) => {
    expect(await trapped(["scan", "--kubeconfig", join(folder, "absent")])).toEqual({
      code: 2,
      stderr: `ringwall: ${join(folder, "absent")}: no such file; give a kubeconfig that is there with --kubeconfig\n`,
    });
    const directory = await trapped(["scan", "--kubeconfig", folder]);
    expect([directory.code, directory.stderr]).toEqual([2, expect.stringContaining("a directory, no kubeconfig")]);
  });
});

const script = (...lines: readonly string[]): string => ["#!/bin/sh", ...lines, ""].join("\n");
const withPlugin = <T>(lines: readonly string[], use: (flags: readonly string[], folder: string) => Promise<T>) =>
  withFolder({ plugin: script(...lines) }, async (folder) => {
    // Through the shell, so that the file needs no mode.
    const apiVersion = "client.authentication.k8s.io/v1";
    const shell = { apiVersion, command: "sh", args: [join(folder, "plugin")], interactiveMode: "Never" };
    const config = kubeconfig({ user: [`exec: ${JSON.stringify(shell)}`] });
    return withFolder({ config }, (other) => use(["scan", "--kubeconfig", join(other, "config")], folder));
  });

test("what a failing plugin says is said once", async () => {
  await withPlugin(['echo "session expired" >&2', "exit 3"], async (flags) => {
    const { code, stderr } = await ringwall(flags);
    expect([code, stderr]).toEqual([
      3,
      'session expired\nringwall: credential plugin "sh" of user "u" failed (exit code 3); what it said stands above\n',
    ]);
  });
});

/** A plugin that waits for what it started, which writes its number. */
const HANGING = ['sh -c \'echo $$ > "$0.inner"; exec sleep 600\' "$0" &', "wait"];

const innerOf = (folder: string): Promise<number> =>
  vi.waitUntil(() => {
    const file = join(folder, "plugin.inner");
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return text.endsWith("\n") ? Number(text) : 0;
  }, 10_000);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8")); // dead, though nobody has collected it
  } catch {
    return false;
  }
};

test("a plugin that hangs is waited for as long as --request-timeout says, and ended with all it started", async () => {
  await withPlugin(HANGING, async (flags, folder) => {
    const { code, stderr } = await ringwall([...flags, "--request-timeout", "1s"]);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/^ringwall: .* gave no answer within 1 s; run it by hand.*\n$/),
    ]);
    const inner = await innerOf(folder);
    await vi.waitUntil(() => !isAlive(inner), 5000);
  });
});

test("Control-C ends a plugin with all it started, and the program with 130", async () => {
  await withPlugin(HANGING, async (flags, folder) => {
    const { outcome, interrupt } = interruptible(flags);
    const inner = await innerOf(folder);
    interrupt();
    expect(await outcome).toEqual({ code: 130, stdout: "", stderr: "" });
    await vi.waitUntil(() => !isAlive(inner), 5000);
  });
});
