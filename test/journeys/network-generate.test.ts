// Policies for the example shop, from nothing but its manifests: generated, proved, rolled out and tested again through
// the built program, and beside what somebody wrote by hand.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { REPOSITORY, ringwall, withFolder, type Outcome } from "./program.ts";

const PROTECTED = "examples/shop/protected";
const INSECURE = "examples/shop/insecure";
/** As the shop's own policies have them. */
const ADDRESSES = [
  "api-server=192.0.2.10:6443",
  "nodes=192.0.2.0/24",
  "processor.example.com=203.0.113.0/28",
  "mail.example.com=198.51.100.25",
].flatMap((address) => ["--address", address]);

const generate = (...words: readonly string[]): Promise<Outcome> => ringwall(["network", "generate", ...words]);

interface Document {
  readonly kind?: string;
}

/** The manifests of a folder without their NetworkPolicies, and the generated ones instead. */
function withPolicies(folder: string, source: string, generated: string): string {
  const target = join(folder, "deploy");
  mkdirSync(target);
  for (const name of readdirSync(join(REPOSITORY, source))) {
    const text = readFileSync(join(REPOSITORY, source, name), "utf8");
    const kept = text.split(/^---$/m).filter((part) => !(loadAll(part) as readonly Document[]).some(isNetworkPolicy));
    writeFileSync(join(target, name), kept.join("---"));
  }
  writeFileSync(join(target, "generated.yaml"), generated);
  return target;
}

function isNetworkPolicy(document: Document | null): boolean {
  return document?.kind === "NetworkPolicy";
}

test("what is generated for the protected shop opens exactly what was written for it by hand", async () => {
  const { code, stdout } = await generate(PROTECTED, ...ADDRESSES);
  expect(code).toBe(0);
  expect(stdout).toContain("# PROVED  17 policies for 3 namespaces");
  expect(stdout).toContain("0 connections are allowed that nobody needs");
  await withFolder({}, async (folder) => {
    const deploy = withPolicies(folder, PROTECTED, stdout);
    const { stdout: difference } = await ringwall(["network", "diff", PROTECTED, deploy, "-o", "ndjson"]);
    expect(difference).toBe("");
  });
});

test("the text is policies in YAML and comments, whatever the language", async () => {
  for (const language of ["en", "zh-CN"]) {
    const { stdout } = await generate(PROTECTED, ...ADDRESSES, "--lang", language);
    const documents = (loadAll(stdout) as readonly (Document | null)[]).filter((one) => one !== null);
    expect(documents).toHaveLength(17);
    expect(documents.every(isNetworkPolicy)).toBe(true);
    expect(stdout).toContain("API_URL");
    expect(stdout).toContain(`${PROTECTED}/web.yaml:`);
  }
});

test("what cannot be said in a policy, and what names nothing, is listed and decides the exit code", async () => {
  const blind = await generate(PROTECTED);
  expect(blind.code).toBe(1);
  expect(blind.stdout).toContain("processor.example.com  TCP 443");
  expect(blind.stdout).toContain("--address NAME=CIDR");
  const unresolved = await generate(INSECURE, ...ADDRESSES);
  expect(unresolved.code).toBe(3);
  expect(unresolved.stdout).toMatch(/# UNRESOLVED {2}\d/);
});

describe.each([
  [PROTECTED, "NetworkPolicy"],
  [INSECURE, "NetworkPolicy"],
  [INSECURE, "ClusterNetworkPolicy"],
])("for %s as %s", (source, kind) => {
  test("the document is as its schema says, and proved", async () => {
    const { stdout } = await generate(source, "--kind", kind, ...ADDRESSES, "-o", "json");
    const document = JSON.parse(stdout) as { readonly proof: unknown }; // by its schema
    expect(mistakesIn(document, "network-generate.v1.json")).toEqual([]);
    expect(document.proof).toMatchObject({ missing: [], extra: [], unnecessary: [] });
  });

  test("the roll-out breaks nothing at any step, and its assertions hold on the result", async () => {
    await withFolder({}, async (folder) => {
      const rollout = join(folder, "rollout");
      const cidr = ["--pod-cidr", "10.128.0.0/9"];
      const { stdout, stderr } = await generate(source, "--kind", kind, ...ADDRESSES, ...cidr, "--rollout", rollout);
      expect(stderr).toContain("begin with plan.md");
      const plan = readFileSync(join(rollout, "plan.md"), "utf8");
      expect(plan).not.toContain("closed after this step:");
      expect(readdirSync(rollout)).toEqual(
        expect.arrayContaining(["01-monitoring", "plan.md", "rollback.yaml", "assertions.yaml"]),
      );
      const deploy = withPolicies(folder, source, stdout);
      const tested = await ringwall(["network", "test", join(rollout, "assertions.yaml"), deploy, ...cidr]);
      expect(tested.stdout).toMatch(/assertions: \d+ passed, 0 failed, 0 not decided/);
      expect(Number(/(\d+) passed/.exec(tested.stdout)?.[1])).toBeGreaterThan(source === PROTECTED ? 40 : 20);
    });
  });
});

test("where ClusterNetworkPolicies would open what NetworkPolicies close, that is no proof", async () => {
  const { code, stdout } = await generate(PROTECTED, "--kind", "ClusterNetworkPolicy", ...ADDRESSES);
  expect(code).toBe(1);
  expect(stdout).toContain("# NOT PROVED");
  expect(stdout).toContain("external → shop/db[StatefulSet]");
});

test("the way back restores today's policies", async () => {
  await withFolder({}, async (folder) => {
    await generate(PROTECTED, ...ADDRESSES, "--rollout", folder);
    cpSync(join(REPOSITORY, PROTECTED), join(folder, "deploy"), { recursive: true });
    const back = readFileSync(join(folder, "rollback.yaml"), "utf8");
    const restored = withPolicies(join(folder, "01-monitoring"), PROTECTED, back);
    const { stdout, code } = await ringwall(["network", "diff", PROTECTED, restored, "--exit-code"]);
    expect([code, stdout]).toEqual([0, expect.anything()]);
  });
});

test("observed flows make policies; what was not seen and the time that was watched are stated", async () => {
  const flows = "src,dst,protocol,port\nshop/web,shop/api,TCP,8080\nshop/web,shop/cart,TCP,8080\n";
  await withFolder({ "flows.csv": flows }, async (folder) => {
    const log = join(folder, "flows.csv");
    const { code, stdout } = await generate(INSECURE, "--flows", log);
    expect(code).toBe(0);
    expect(stdout).toContain("shop/web[Deployment]: 1 flow");
    expect(stdout).toMatch(/# NOT SEEN IN THE LOGS {2}\d+/);
    expect(stdout).toContain("shop/report[CronJob]  it may not have run in that time");
    const json = await generate(INSECURE, "--flows", log, "--declared", "-o", "json");
    expect(mistakesIn(JSON.parse(json.stdout), "network-generate.v1.json")).toEqual([]);
  });
});

test("which kinds a scan judges says nothing about the kind that is generated", async () => {
  await withFolder({ "ringwall.yaml": "kind: [Deployment]\n" }, async (folder) => {
    const words = ["network", "generate", join(REPOSITORY, PROTECTED), ...ADDRESSES, "-o", "json"];
    const { stdout } = await ringwall(words, { directory: folder });
    expect(JSON.parse(stdout)).toMatchObject({ kind: "NetworkPolicy" });
  });
});

test("nothing to generate for is no success", async () => {
  await withFolder({ "notes.yaml": "a: 1\n" }, async (folder) => {
    const { code, stdout } = await generate(folder);
    expect([code, stdout]).toEqual([3, expect.stringContaining("Nothing was generated")]);
  });
});

test("mistakes are named in one line", async () => {
  const mistakes: readonly (readonly [words: readonly string[], text: string])[] = [
    [["--kind", "Policy"], "Policy"],
    [["--address", "nodes=somewhere"], "NAME=CIDR"],
    [["--include-namespace", "shopp"], "shop"],
    [["--flows", "nowhere.csv"], "nowhere.csv"],
  ];
  for (const [words, text] of mistakes) {
    const { code, stdout, stderr } = await generate(PROTECTED, ...words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(text);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  }
});
