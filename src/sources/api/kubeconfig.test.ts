import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kubeconfigFiles, loadKubeconfig } from "./kubeconfig.ts";
import { isTrue, parseKubeconfig, resolveCommand, resolvePath, textOf } from "./kubeconfig-file.ts";

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
  expect(textOf(merged.contexts.get("a")?.entry.cluster)).toBe("one");
  expect(textOf(merged.clusters.get("one")?.entry.server)).toBe("https://1");
  expect(merged.users.get("u")?.file).toBe(third);
  expect(merged.files).toEqual([first, second, third]);
});

test("no file at all is an empty configuration; a file given explicitly must be there", async () => {
  expect((await load({})).contexts.size).toBe(0);
  await expect(load({}, join(directory, "absent"))).rejects.toThrow(`${join(directory, "absent")}: no such file`);
});

test("an empty file, JSON and numbers as names are read", () => {
  expect(parseKubeconfig("", "f").contexts.size).toBe(0);
  expect(parseKubeconfig('{"kind":"Config","current-context":12}', "f").currentContext).toBe("12");
});

test.each([
  ["a list", "- a", "expected object, found array"],
  ["another kind", "kind: Pod", "its kind is Pod, not Config"],
  [
    "a mapping where text belongs",
    "users: [{name: u, user: {token: {a: b}}}]",
    "users[0].user.token: expected string, found object",
  ],
  ["two entries of one name", "users: [{name: u}, {name: u}]", 'two users are called "u"'],
  ["what is no YAML", "users: [", "not a kubeconfig"],
])("%s is refused by name", (_, text, words) => {
  expect(() => parseKubeconfig(text, "f")).toThrow(words);
});

test("a broken file's error does not quote credentials", () => {
  let told = "";
  try {
    parseKubeconfig("users:\n- name: u\n  user:\n    token: s3cr3t\n   bad: [", "f");
  } catch (error) {
    told = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`; // always an Error
  }
  expect(told).toContain("f: not a kubeconfig");
  expect(told).not.toContain("s3cr3t");
});

test("an alias bomb is refused", () => {
  const lines = ["a0: &a0 [x, x]", ...Array.from({ length: 2000 }, (_, index) => `b${index}: *a0`)];
  expect(() => parseKubeconfig(lines.join("\n"), "f")).toThrow("not a kubeconfig");
});

test("paths are relative to their file, commands only with a separator", () => {
  expect(resolvePath("/etc/kube/config", "pki/ca.crt")).toBe("/etc/kube/pki/ca.crt");
  expect(resolvePath("/etc/kube/config", "/ca.crt")).toBe("/ca.crt");
  expect(resolveCommand("/etc/kube/config", "./login")).toBe("/etc/kube/login");
  expect(resolveCommand("/etc/kube/config", "aws")).toBe("aws");
});

test("booleans are those of kubectl's YAML", () => {
  expect(["true", "yes", "On", true].map(isTrue)).toEqual([true, true, true, true]);
  expect(["false", "no", "", null, undefined, 1].map(isTrue)).toEqual([false, false, false, false, false, false]);
});
