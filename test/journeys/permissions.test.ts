// `ringwall permissions` with words that name nothing: what it prints is applied as it is.

import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { ringwall } from "./program.ts";

test.each([
  [["-n", ""], 'no namespace can be called ""'],
  [["-n", "shop,,ops"], 'no namespace can be called ""'],
  [["-n", "Shop"], 'no namespace can be called "Shop"'],
  [["-n", "shop/x"], 'no namespace can be called "shop/x"'],
  [["-n", "a".repeat(64)], "at most 63"],
  [["--name", ""], 'no role can be called ""'],
  [["--name", ".."], 'no role can be called ".."'],
  [["--name", "a/b"], 'no role can be called "a/b"'],
])("%j is a mistake that is named", async (words, message) => {
  const { code, stdout, stderr } = await ringwall(["permissions", ...words]);
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
});

test("a namespace given twice has its Role once, and a name may have colons and spaces", async () => {
  const words = ["permissions", "-n", "shop", "-n", "ops,shop", "--name", "scan: all of it"];
  const { code, stdout } = await ringwall(words);
  const roles = parseAllDocuments(stdout).map((one) => (one.toJS() as { metadata: object }).metadata); // our own YAML
  expect([code, roles]).toEqual([
    0,
    [
      { name: "scan: all of it-cluster" },
      { name: "scan: all of it", namespace: "shop" },
      { name: "scan: all of it", namespace: "ops" },
    ],
  ]);
});

test.each(["scan", "dump", "network map", "access list", "workloads harden"])(
  "%s takes no empty namespace for every one",
  async (command) => {
    const { code, stdout, stderr } = await ringwall([...command.split(" "), "-n", ""]);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining('no namespace can be called ""')]);
  },
);
