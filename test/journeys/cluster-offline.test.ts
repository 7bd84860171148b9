// Offline by construction: unless a cluster is named, nothing reaches for the network. The trap is shown to catch.

import { join } from "node:path";
import { expect, test } from "vitest";
import { ringwall, withFolder } from "./program.ts";
import { CAUGHT, trapped } from "./trapped.ts";

const pod = JSON.stringify({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "a" },
  spec: { containers: [{ name: "main", image: "registry.example/a:1" }] },
});
const dump = [
  {
    schema: "ringwall.dump/v1",
    server: "https://nowhere.example",
    kubernetesVersion: "v1.36.3",
    takenAt: "",
    tool: "x",
    namespaces: [],
  },
  JSON.parse(pod) as object,
  { schema: "ringwall.dump.end/v1", objects: 1, gaps: 0 },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join("");

interface OfflineCase {
  readonly name: string;
  readonly arguments_: readonly string[];
  readonly code: number;
  readonly input?: string;
}

const CASES: readonly OfflineCase[] = [
  { name: "a scan of files", arguments_: ["scan", "examples/shop/insecure"], code: 1 },
  {
    name: "every format at once",
    arguments_: ["scan", "examples/shop/insecure", "-o", "json=/dev/null", "-o", "ndjson=/dev/null", "-o", "text"],
    code: 1,
  },
  { name: "a scan of standard input", arguments_: ["scan", "-", "--fail-on", "none"], code: 0, input: pod },
  {
    name: "admission of files",
    arguments_: ["workloads", "admit", "examples/shop/insecure", "--level", "restricted"],
    code: 1,
  },
  { name: "an explanation", arguments_: ["explain", "workloads/privileged-container"], code: 0 },
  { name: "permissions", arguments_: ["permissions"], code: 0 },
  { name: "help", arguments_: ["--help"], code: 0 },
];

test.each(CASES)("$name uses no network", async ({ arguments_, code, input }) => {
  const outcome = await trapped(arguments_, input);
  expect([outcome.code, outcome.stderr.includes("network:")]).toEqual([code, false]);
});

test("a scan of a dump does not ask the server it was taken from", async () => {
  await withFolder({ "shop.ndjson": dump }, async (folder) => {
    const file = join(folder, "shop.ndjson");
    expect(await trapped(["scan", file, "--fail-on", "none"])).toMatchObject({ code: 0, stderr: "" });
    expect((await ringwall(["scan", file, "--fail-on", "none"])).stdout).toContain("https://nowhere.example");
  });
});

test("the trap catches what does use it", async () => {
  const config = {
    "current-context": "x",
    clusters: [{ name: "x", cluster: { server: "https://127.0.0.1:1" } }],
    contexts: [{ name: "x", context: { cluster: "x" } }],
  };
  await withFolder({ config: JSON.stringify(config) }, async (folder) => {
    const outcome = await trapped(["scan", "--kubeconfig", join(folder, "config")]);
    expect(outcome).toMatchObject({ code: CAUGHT, stderr: "network: a connection\n" });
  });
});
