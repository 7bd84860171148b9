import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { configurableOptions, NOT_CONFIGURABLE } from "../../src/cli/configuration/configuration.ts";
import { configSchema } from "../../src/cli/configuration/config-schema.ts";
import { createProgram } from "../../src/cli/program.ts";
import { mistakesIn, readSchema } from "../formats/json-schemas.ts";
import { ringwall, withFolder } from "./program.ts";
import { scanJson } from "./report-json.ts";

const pod =
  "apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: shop }\nspec: { hostPID: true, containers: [{ name: main, image: 'x:1', securityContext: { privileged: true } }] }\n";

const program = createProgram(
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: {},
    directory: ".",
    signal: new AbortController().signal,
  },
  () => {},
);

describe("schema, flags and reader agree", () => {
  test("the shipped schema is the one made from the flags (node scripts/generate-config-schema.ts)", () => {
    expect(readSchema("config.v1.json")).toEqual(configSchema(program));
  });

  test("every flag of scan is a setting, but for those that are named", () => {
    const scan = program.commands.find((command) => command.name() === "scan");
    const flags = (scan?.options ?? []).filter(({ negate }) => !negate).map(({ long }) => (long ?? "").slice(2));
    const settings = [...configurableOptions(program).keys()];
    expect(settings.toSorted()).toEqual(flags.filter((flag) => !NOT_CONFIGURABLE.has(flag)).toSorted());
  });

  test.each([
    ["fail-on: hgh", "high"],
    ["layer: [workload]", "workloads"],
    ["severity: [high, critcal]", "critical"],
    ["output: [text, jsn=a.json]", "json"],
    ["lang: zh-CM", "zh-CN"],
    ["respect: [polars]", "polaris"],
    ["color: allways", "always"],
    ["rule: privilegd-container", "workloads/privileged-container"],
    ["framework: cis-kubernets", "cis-kubernetes"],
    ["kubernetes-version: v2", undefined],
    ["fail-onn: high", "fail-on"],
    ["faill-on: high", "fail-on"],
    ["all: 1", undefined],
    ["namespace: [a]", undefined],
    ["kind: { a: b }", undefined],
    ["kubernetes-version: 1.30", undefined],
  ])("%s is refused, with its line and the nearest word", (line, suggestion) =>
    withFolder({ "a.yaml": pod, "ringwall.yaml": `# settings\n${line}\n` }, async (directory) => {
      const { code, stdout, stderr } = await ringwall(["scan", "a.yaml"], { directory });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^ringwall: ringwall\.yaml:2:\d+: [^\n]+\n$/);
      if (suggestion !== undefined) expect(stderr).toContain(`Did you mean ${suggestion}?`);
      // Ids are open in the schema; everything else is refused there too.
      if (!/^(?:rule|framework):/.test(line)) expect(mistakesIn(parse(line), "config.v1.json")).not.toEqual([]);
    }),
  );

  test.each([
    "fail-on: none",
    "layer: workloads",
    "severity: [critical, high]",
    "output: [text, json=out/a.json]",
    "all: true",
    "rule: [C-0057, host-pid]",
    "kubernetes-version: '1.30'",
    "exclude: ['vendor/', '*.json']",
    "kind: Pod",
    "include-namespace: shop",
    "render-timeout: '5'",
    "# nothing",
  ])("%s is accepted by both", (line) =>
    withFolder({ "a.yaml": pod, "out/.keep": "", "ringwall.yaml": `${line}\n` }, async (directory) => {
      const { code, stderr } = await ringwall(["scan", "a.yaml"], { directory });
      expect(stderr).toBe("");
      expect([0, 1]).toContain(code);
      expect(mistakesIn(parse(line) ?? null, "config.v1.json")).toEqual([]);
    }),
  );
});

test("settings are in force, are said in the report, and a flag wins", () =>
  withFolder(
    { "deploy/a.yaml": pod, "ringwall.yaml": "rule: [host-pid]\nfail-on: critical\nfilename: [deploy]\n" },
    async (directory) => {
      const { code, report } = await scanJson([], { directory });
      expect(code).toBe(0);
      expect(report.findings.map(({ rule }) => rule)).toEqual(["workloads/host-pid"]);
      expect(report.notes).toMatchObject([
        { code: "configuration", message: expect.stringContaining("filename, fail-on, rule"), file: "ringwall.yaml" },
      ]);
      expect((await scanJson(["--fail-on", "high"], { directory })).code).toBe(1);
      const other = await scanJson(["deploy", "--rule", "privileged-container"], { directory });
      expect([other.code, other.report.findings.map(({ rule }) => rule)]).toEqual([
        1,
        ["workloads/privileged-container"],
      ]);
      expect((await scanJson(["deploy", "--no-config"], { directory })).report.findings.length).toBeGreaterThan(2);
    },
  ));

test("the file is found upwards as far as the Git root; names in it are relative to it", () =>
  withFolder(
    {
      "ringwall.yaml": "rule: host-pid\n",
      "project/.git/HEAD": "",
      "project/ringwall.yaml":
        "rule: privileged-container\nexceptions: policy/e.yaml\noutput: [json=out/report.json]\n",
      "project/policy/e.yaml":
        "exceptions:\n  - { rule: privileged-container, resource: { name: a }, reason: r, owner: o, expires: 2099-01-01 }\n",
      "project/out/.keep": "",
      "project/deploy/a.yaml": pod,
      "other/.git/HEAD": "",
      "other/a.yaml": pod,
    },
    async (folder) => {
      const directory = join(folder, "project/deploy");
      const { code, stdout, stderr } = await ringwall(["scan", "."], { directory });
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("0 findings; written to");
      const report = JSON.parse(readFileSync(join(folder, "project/out/report.json"), "utf8")) as {
        excepted: unknown[];
      };
      expect(report.excepted).toMatchObject([{ exception: { file: "../policy/e.yaml", line: 2 } }]);
      expect((await scanJson(["."], { directory: join(folder, "other") })).report.notes).toBeUndefined();
    },
  ));

test("explain and admit take the settings they have flags for, and leave the others", () =>
  withFolder(
    { "a.yaml": pod, "ringwall.yaml": "lang: zh-CN\noutput: [json=x.json]\nfail-on: none\n" },
    async (directory) => {
      expect((await ringwall(["explain", "host-pid"], { directory })).stdout).toContain("严重程度");
      const admit = await ringwall(["workloads", "admit", "a.yaml", "--level", "baseline"], { directory });
      expect([admit.code, admit.stderr, existsSync(join(directory, "x.json"))]).toEqual([1, "", false]);
      expect(admit.stdout).toContain("拒绝");
    },
  ));

describe("a file that was merely found", () => {
  test.each(["json=../a.json", "json=/tmp/a.json", "json=link/a.json", "json=.git/config"])(
    "may not write %s",
    (output) =>
      withFolder(
        { "p/ringwall.yaml": `output: ["${output}"]\n`, "p/a.yaml": pod, "p/.git/HEAD": "" },
        async (folder) => {
          const directory = join(folder, "p");
          symlinkSync(folder, join(directory, "link"));
          const { code, stderr } = await ringwall(["scan", "a.yaml"], { directory });
          expect([code, stderr]).toEqual([
            2,
            expect.stringMatching(/^ringwall: ringwall\.yaml:1:1: .*outside of the folder/),
          ]);
          expect(existsSync(join(folder, "a.json"))).toBe(false);
        },
      ),
  );

  test("may when it was asked for", () =>
    withFolder({ "p/ringwall.yaml": `output: ["json=../a.json"]\n`, "p/a.yaml": pod }, async (folder) => {
      const { stderr } = await ringwall(["scan", "p/a.yaml", "--config", "p/ringwall.yaml"], { directory: folder });
      expect([stderr, existsSync(join(folder, "a.json"))]).toEqual(["", true]);
    }));

  test.each(["kubeconfig: evil.yaml", "server: https://192.0.2.1", "token: abc"])("cannot say %s", (line) =>
    withFolder({ "ringwall.yaml": `${line}\n`, "a.yaml": pod }, async (directory) => {
      const { code, stderr } = await ringwall(["scan", "a.yaml"], { directory });
      expect([code, stderr]).toEqual([2, expect.stringContaining("no such key")]);
    }),
  );
});

test("mistakes that only the input shows are placed too", () =>
  withFolder({ "a.yaml": pod, "ringwall.yaml": "lang: en\nkind: [Deploymint]\n" }, async (directory) => {
    const { code, stderr } = await ringwall(["scan", "a.yaml"], { directory });
    expect([code, stderr]).toEqual([2, 'ringwall: ringwall.yaml:2:1: no object of kind "Deploymint" in the input\n']);
    const missing = await ringwall(["scan", "a.yaml", "--config", "nowhere.yaml"], { directory });
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("nowhere.yaml cannot be read")]);
  }));
