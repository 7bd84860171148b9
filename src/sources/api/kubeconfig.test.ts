import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kubeconfigFiles, loadKubeconfig } from "./kubeconfig.ts";
import { parseKubeconfig, resolveCommand, resolvePath } from "./kubeconfig-file.ts";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ringwall-kubeconfig-"));
  mkdirSync(join(directory, "home/.kube"), { recursive: true });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const home = () => join(directory, "home");
const load = (environment: Record<string, string>, explicit?: string) =>
  loadKubeconfig({ environment, homeDirectory: home(), explicit });

test("the file given counts alone, then KUBECONFIG, then the file at home", () => {
  const environment = { KUBECONFIG: ["a", "", "b", "a"].join(delimiter) };
  expect(kubeconfigFiles({ explicit: "x", environment, homeDirectory: "/home/u" })).toEqual(["x"]);
  expect(kubeconfigFiles({ environment, homeDirectory: "/home/u" })).toEqual(["a", "b"]);
  expect(kubeconfigFiles({ environment: { KUBECONFIG: "" }, homeDirectory: "/home/u" })).toEqual([
    "/home/u/.kube/config",
  ]);
  const places = { environment: { KUBECONFIG: ["a", "/b"].join(delimiter) }, homeDirectory: "/home/u" };
  expect(kubeconfigFiles({ ...places, directory: "/work" })).toEqual(["/work/a", "/b"]);
});

test("of several files the first to name a thing wins, and the first to name a current context", async () => {
  const first = file(
    "first",
    "contexts: [{name: a, context: {cluster: one}}]\nclusters: [{name: one, cluster: {server: https://1}}]\n",
  );
  const second = file(
    "second",
    "current-context: b\ncontexts: [{name: a, context: {cluster: two}}, {name: b, context: {cluster: one}}]\nclusters: [{name: one, cluster: {server: https://2}}]\n",
  );
  const third = file("third", "current-context: a\nusers: [{name: u, user: {token: t}}]\n");
  const KUBECONFIG = [first, join(directory, "absent"), second, third].join(delimiter);
  const merged = await load({ KUBECONFIG });
  expect(merged.currentContext).toBe("b");
  expect(merged.contexts.get("a")?.entry.cluster).toBe("one");
  expect(merged.clusters.get("one")?.entry.server).toBe("https://1");
  expect(merged.users.get("u")?.file).toBe(third);
  expect(merged.files).toEqual([first, second, third]);
});

test("no file at all is an empty configuration; a file given explicitly must be there", async () => {
  expect((await load({})).contexts.size).toBe(0);
  await expect(load({}, join(directory, "absent"))).rejects.toThrow(`${join(directory, "absent")}: no such file`);
});

test("a file that cannot be read is told without errno", async () => {
  await expect(load({}, directory)).rejects.toThrow(`${directory}: a directory, no kubeconfig; name the file in it`);
  await expect(load({ KUBECONFIG: directory })).rejects.toMatchObject({ failure: { code: "kubeconfig-is-directory" } });
  await expect(load({}, join(file("plain", ""), "below"))).rejects.toThrow("no such file");
});

test.each(["", "\n\n", "# nothing\n", "null\n", "---\n", "\ufeff"])("%j is an empty kubeconfig", (text) => {
  expect(parseKubeconfig(text, "f").contexts.size).toBe(0);
});

test("JSON, a byte order mark, YAML 1.1's booleans, merges and anchors are read as kubectl reads them", () => {
  expect(parseKubeconfig('{"kind":"Config","current-context":"12"}', "f").currentContext).toBe("12");
  expect(parseKubeconfig("\ufeffcurrent-context: a\n", "f").currentContext).toBe("a");
  const text =
    "base: &base {server: 'https://127.0.0.1:7'}\nclusters: [{name: c, cluster: {<<: *base, insecure-skip-tls-verify: yes}}]\n";
  const { entry } = parseKubeconfig(text, "f").clusters.get("c") ?? {};
  expect(entry).toEqual({ server: "https://127.0.0.1:7", "insecure-skip-tls-verify": true });
});

test("an entry and its fields are placed by file and line", () => {
  const yaml = "clusters:\n- name: c\n  cluster:\n    server: https://a\n";
  const cluster = parseKubeconfig(yaml, "f").clusters.get("c");
  expect([cluster?.at(), cluster?.at("server"), cluster?.at("absent")]).toEqual(["f:2", "f:4", "f:3"]);
  const json = '{"clusters": [\n{"name": "c",\n"cluster": {\n"server": "https://a"}}]}';
  expect(parseKubeconfig(json, "f").clusters.get("c")?.at("server")).toBe("f:4");
});

test.each([
  ["a list", "- a", "f: not a kubeconfig: it is array, where an object"],
  ["a word", "hello", "f: not a kubeconfig: it is string, where an object"],
  ["a number", "5", "f: not a kubeconfig: it is number, where an object"],
  ["another kind", "kind: Pod", "f:1: not a kubeconfig: its kind is Pod, not Config"],
  ["another version", "kind: Config\napiVersion: v2", "f:2: not a kubeconfig: its apiVersion is v2, not v1"],
  ["a map of clusters", "clusters: {}", "f:1: clusters must be a list, not object"],
  ["two entries of one name", "users: [{name: u}, {name: u}]", 'f:1: two users are called "u"'],
  ["what is no YAML", "users: [", "f:1: not a kubeconfig"],
  ["a second document", "kind: Config\n---\nkind: Config\n", "f:3: not a kubeconfig: a second document begins here"],
  ["a field given twice", "kind: Config\nkind: Config\n", "f:2: not a kubeconfig: duplicated mapping key"],
])("%s is refused by name", (_, text, words) => {
  expect(() => parseKubeconfig(text, "f")).toThrow(words);
});

const TEXT_FIELDS = {
  cluster: ["server", "tls-server-name", "certificate-authority", "certificate-authority-data", "proxy-url"],
  user: [
    "client-certificate",
    "client-certificate-data",
    "client-key",
    "client-key-data",
    "token",
    "tokenFile",
    "as",
    "as-uid",
    "username",
    "password",
  ],
  context: ["cluster", "user", "namespace"],
} as const;

const textFields = Object.entries(TEXT_FIELDS).flatMap(([kind, fields]) =>
  fields.map((field) => [kind, field] as const),
);

// client-go takes text only; a number made into an address would dial somebody.
test.each(textFields)("of a %s, %s must be text", (kind, field) => {
  for (const value of ["5", "1.5", "true", "yes", "[a]", "{a: b}"]) {
    const text = `${kind}s:\n- name: x\n  ${kind}:\n    ${field}: ${value}\n`;
    expect(() => parseKubeconfig(text, "f")).toThrow(`f:4: ${kind}s[0].${kind}.${field} must be text, not `);
  }
});

test.each([
  ["users: [{name: u, user: {as-groups: dev}}]", "users[0].user.as-groups must be a list, not string"],
  ["users: [{name: u, user: {as-groups: [5]}}]", "users[0].user.as-groups[0] must be text, not number"],
  ["users: [{name: u, user: {as-user-extra: {team: a}}}]", "users[0].user.as-user-extra.team must be a list"],
  ["users: [{name: u, user: t0ken}]", "users[0].user must have fields of its own, not be string"],
  ["users: [{name: u, user: {exec: {args: [5]}}}]", "users[0].user.exec.args[0] must be text, not number"],
  ["users: [{name: u, user: {exec: {env: [{name: A, value: 1}]}}}]", "users[0].user.exec.env[0].value must be text"],
  ["users: [{name: u, user: {exec: {provideClusterInfo: 'true'}}}]", "provideClusterInfo must be true or false"],
  ["clusters: [{name: 5}]", "clusters[0].name must be text, not number"],
  ["clusters: [{name: c, cluster: {insecure-skip-tls-verify: 'true'}}]", "must be true or false, not string"],
  ["clusters: [{name: c, cluster: {insecure-skip-tls-verify: 1}}]", "must be true or false, not number"],
  ["clusters: [{name: c, cluster: {disable-compression: 0}}]", "must be true or false, not number"],
  ["current-context: 12", "current-context must be text, not number"],
])("%s is refused by type", (text, words) => {
  expect(() => parseKubeconfig(text, "f")).toThrow(words);
});

test("a broken file's error does not quote credentials", () => {
  let told = "";
  try {
    parseKubeconfig("users:\n- name: u\n  user:\n    token: s3cr3t\n   bad: [", "f");
  } catch (error) {
    told = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`; // always an Error
  }
  expect(told).toContain("f:5: not a kubeconfig");
  expect(told).not.toContain("s3cr3t");
});

test("neither a type error nor a broken tag quotes the value", () => {
  for (const text of [
    "users: [{name: u, user: {token: {a: s3cr3t}}}]",
    "users: [{name: u, user: {token: !!int s3cr3t}}]",
  ]) {
    expect(() => parseKubeconfig(text, "f")).toThrow(/^f:1: (?!.*s3cr3t)/);
  }
});

test("an alias bomb is refused", () => {
  const lines = Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`);
  expect(() => parseKubeconfig(["a0: &a0 x", ...lines].join("\n"), "f")).toThrow("its aliases expand too far");
});

test("paths are relative to their file, commands only with a separator", () => {
  expect(resolvePath("/etc/kube/config", "pki/ca.crt")).toBe("/etc/kube/pki/ca.crt");
  expect(resolvePath("/etc/kube/config", "/ca.crt")).toBe("/ca.crt");
  expect(resolveCommand("/etc/kube/config", "./login")).toBe("/etc/kube/login");
  expect(resolveCommand("/etc/kube/config", "aws")).toBe("aws");
});
