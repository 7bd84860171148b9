// Where every output is a file, standard output gets one line, whichever command it is.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY, ringwall, withFolder } from "./program.ts";

const SHOP = join(REPOSITORY, "examples/shop/protected");
const WORKLOAD = "shop/web";

test.each([
  ["scan", SHOP],
  ["access", "list", "--as", "alice", SHOP],
  ["access", "can", "get", "pods", "--as", "alice", SHOP],
  ["access", "who-can", "get", "pods", SHOP],
  ["access", "diff", SHOP, SHOP],
  ["access", "escalations", SHOP],
  ["access", "generate", WORKLOAD, SHOP],
  ["workloads", "admit", SHOP],
  ["workloads", "admit", SHOP, "--level", "restricted"],
  ["workloads", "harden", SHOP],
  ["network", "reach", "shop/web", "shop/db", SHOP],
  ["network", "map", SHOP],
  ["network", "diff", SHOP, SHOP],
  ["network", "generate", SHOP],
])("%s %s %s", async (...words) => {
  await withFolder({}, async (directory) => {
    const run = async (output: string) =>
      ringwall([...words, "--no-config", "-o", output, "--lang", "zh-CN"], { directory });
    const { code, stdout, stderr } = await run("json=a.json");
    expect([stderr, stdout.replaceAll(directory, "")]).toEqual(["", expect.stringMatching(/^.*已写入 \/a\.json.*\n$/)]);
    expect(existsSync(join(directory, "a.json"))).toBe(true);
    const shown = await run("json");
    expect([shown.code, shown.stdout]).toEqual([code, expect.stringContaining("{")]);
  });
});
