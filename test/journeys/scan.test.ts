import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { REPOSITORY, ringwall, withFolder } from "./program.ts";

const privileged = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: main\n      image: x:1\n      securityContext:\n        privileged: true\n`;
const service =
  "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  selector: {app: x}\n  ports: [{port: 80}]\n";

interface ReportJson {
  readonly schema: string;
  readonly summary: {
    readonly objects: number;
    readonly findings: Readonly<Record<string, number>>;
    readonly verdicts: Readonly<Record<string, number>>;
  };
  readonly findings: readonly {
    readonly id: string;
    readonly rule: string;
    readonly evidence: readonly {
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly path: string;
      readonly value: unknown;
    }[];
  }[];
  readonly incomplete: readonly { readonly code: string; readonly file?: string; readonly line?: number }[];
}

async function scanJson(
  arguments_: readonly string[],
  directory: string,
  input?: string,
): Promise<{ code: number | null; report: ReportJson }> {
  const { code, stdout } = await ringwall(["scan", ...arguments_, "-o", "json"], {
    directory,
    ...(input !== undefined && { input }),
  });
  return { code, report: JSON.parse(stdout) as ReportJson };
}

const RULE = ["--rule", "workloads/privileged-container"];

test("the example is scanned, in words and without colour in a pipe", async () => {
  const { code, stdout, stderr } = await ringwall(["scan", "examples/shop/insecure"]);
  expect(code).toBe(1);
  expect(stderr).toBe("");
  expect(stdout).toContain("workloads/privileged-container");
  // eslint-disable-next-line no-control-regex -- the escape character is what must be absent
  expect(stdout).not.toMatch(/\u001b/);
  expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/findings from \d+ causes?\. Exit 1/);
});

test("--color always, NO_COLOR and FORCE_COLOR", async () => {
  const run = async (flags: readonly string[], environment: Readonly<Record<string, string>>): Promise<boolean> =>
    (await ringwall(["scan", "examples/shop/insecure", ...flags], { environment })).stdout.includes("\u001b");
  expect(await run(["--color", "always"], { NO_COLOR: "1" })).toBe(true);
  expect(await run([], { FORCE_COLOR: "1" })).toBe(true);
  expect(await run([], { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
});

describe("exit codes", () => {
  test("0 clean, 1 findings, 0 with --fail-on none, 3 nothing looked at, 2 misuse", () =>
    withFolder(
      { "bad.yaml": privileged("a"), "service.yaml": service, "docs/readme.txt": "x", "empty.yaml": "# nothing\n" },
      async (directory) => {
        const code = async (...arguments_: string[]): Promise<number | null> =>
          (await ringwall(arguments_, { directory })).code;
        expect(await code("scan", "bad.yaml")).toBe(1);
        expect(await code("scan", "bad.yaml", "--fail-on", "none")).toBe(0);
        expect(await code("scan", "bad.yaml", ...RULE, "--fail-on", "critical")).toBe(1);
        expect(await code("scan", "service.yaml", ...RULE)).toBe(0);
        expect(await code("scan", "docs")).toBe(3);
        expect(await code("scan", "empty.yaml")).toBe(3);
        expect(await code("scan", "-")).toBe(3);
        expect(await code("scan")).toBe(2);
        expect(await code("scan", "absent.yaml")).toBe(2);
        expect(await code("scan", "bad.yaml", "--rule", "privilegd-container")).toBe(2);
        expect(await code("scan", "bad.yaml", "--fail-on", "hgh")).toBe(2);
        expect(await code("scan", "bad.yaml", "-o", "yaml")).toBe(2);
        expect(await code("scan", "bad.yaml", "--kind", "Deploymint")).toBe(2);
        expect(await code("scan", "bad.yaml", "--include-namespace", "shop")).toBe(2);
        expect(await code("scan", "bad.yaml", "--nope")).toBe(2);
        expect(await code("scn")).toBe(2);
        expect(await code("--help")).toBe(0);
        expect(await code("--version")).toBe(0);
      },
    ));

  test("a finding outranks an incomplete run", () =>
    withFolder({ "a.yaml": `${privileged("a")}---\na: [\n` }, async (directory) => {
      expect((await ringwall(["scan", "a.yaml"], { directory })).code).toBe(1);
      expect((await ringwall(["scan", "a.yaml", "--fail-on", "none"], { directory })).code).toBe(3);
    }));
});

test.each([
  [
    ["scan", ".", "--rule", "privilegd-container"],
    'no such rule "privilegd-container". Did you mean workloads/privileged-container?',
  ],
  [["scan", "nowhere"], "no such file or directory: nowhere"],
  [["scan", ".", "-o", "jsn"], 'no such format "jsn". Did you mean json?'],
  [["scan", ".", "--fal-on", "high"], "unknown option '--fal-on'. Did you mean --fail-on?"],
  [["scna", "."], "unknown command 'scna'. Did you mean scan?"],
])("%j is answered by one line", async (arguments_, line) => {
  const { stderr, stdout } = await ringwall(arguments_);
  expect(stdout).toBe("");
  expect(stderr).toBe(`ringwall: ${line}\n`);
});

describe("inputs", () => {
  test("YAML, JSON, List, NDJSON, directories and standard input give the same findings", () =>
    withFolder({}, async () => {
      const pods = ["a", "b"].map((name) => ({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name },
        spec: { containers: [{ name: "main", image: "x:1", securityContext: { privileged: true } }] },
      }));
      const list = { apiVersion: "v1", kind: "List", items: pods };
      const files = {
        "many.yaml": `${privileged("a")}---\n${privileged("b")}`,
        "list.json": JSON.stringify(list),
        "list-indented.json": JSON.stringify(list, null, 2),
        "typed.json": JSON.stringify({
          kind: "PodList",
          apiVersion: "v1",
          items: pods.map(({ metadata, spec }) => ({ metadata, spec })),
        }),
        "lines.ndjson": pods.map((pod) => JSON.stringify(pod)).join("\n"),
        "list.yaml": `apiVersion: v1\nkind: List\nitems:\n${pods.map((pod) => `- ${JSON.stringify(pod)}\n`).join("")}`,
        "deep/er/a.yml": privileged("a"),
        "deep/b.json": JSON.stringify(pods[1]),
      };
      await withFolder(files, async (directory) => {
        const ids = async (target: string, input?: string): Promise<readonly string[]> =>
          (await scanJson([target, ...RULE], directory, input)).report.findings.map(({ id }) => id).sort();
        const expected = await ids("many.yaml");
        expect(expected).toHaveLength(2);
        for (const target of ["list.json", "list-indented.json", "typed.json", "lines.ndjson", "list.yaml", "deep"])
          expect([target, await ids(target)]).toEqual([target, expected]);
        for (const name of ["many.yaml", "list.json", "lines.ndjson"] as const)
          expect(await ids("-", files[name])).toEqual(expected);
      });
    }));

  test("relative paths are the user's under npm", () =>
    withFolder({ "bad.yaml": privileged("a") }, async (directory) => {
      const npm = { INIT_CWD: directory, npm_package_json: join(REPOSITORY, "package.json") };
      expect((await ringwall(["scan", "bad.yaml"], { environment: npm })).code).toBe(1);
      // A script that went elsewhere means to be there.
      expect((await ringwall(["scan", "bad.yaml"], { directory, environment: { ...npm, INIT_CWD: "/" } })).code).toBe(
        1,
      );
    }));

  test("what cannot be read is named with file and line, the rest is evaluated, exit 3", () =>
    withFolder(
      {
        "dup.yaml": `${service}---\na: 1\nb: 2\na: 3\n`,
        "tab.yaml": `a:\n\tb: 1\n---\n${service}`,
        "nul.yaml": `${service}---\na: "\0"\n`,
        "utf8.yaml": Buffer.concat([Buffer.from(`${service}---\na: `), Buffer.from([0xff, 0xfe]), Buffer.from("\n")]),
        "helm.yaml": `${service}---\nmetadata:\n  name: {{ .Release.Name }}\n`,
        "bomb.yaml": `a: &a [x,x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
          .split("")
          .map((letter, index) => `${letter}: &${letter} [${Array(10).fill(`*${"abcdefg"[index]}`).join(",")}]\n`)
          .join("")}---\n${service}`,
        "deep.yaml": `${service}---\na: ${"[".repeat(1200)}${"]".repeat(1200)}\n`,
        "types.yaml": `${service}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  template:\n    spec:\n      containers: "none"\n`,
        "huge.yaml": `${service}---\na: "${"x".repeat(17 * 1024 * 1024)}"\n`,
        "cut.json":
          '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"}},{"apiVer',
        "page.json":
          '{"apiVersion":"v1","kind":"List","metadata":{"continue":"abc"},"items":[{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"}}]}',
        "dup.json":
          '{"apiVersion":"v1","kind":"Service","metadata":{"name":"s","name":"t"}}\n{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"}}',
        "widget.yaml": `${service}---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec:\n  pod:\n    containers:\n    - image: x\n`,
      },
      async (directory) => {
        const gap = async (file: string): Promise<string> => {
          const { code, report } = await scanJson([file, ...RULE], directory);
          expect([file, code, report.summary.objects >= 1]).toEqual([file, 3, true]);
          return report.incomplete.map(({ code: id, line }) => `${id}:${line}`).join(" ");
        };
        expect(await gap("dup.yaml")).toBe("duplicate-key:11");
        expect(await gap("tab.yaml")).toMatch(/^yaml-(tab|syntax):2$/);
        expect(await gap("nul.yaml")).toBe("nul-byte:9");
        expect(await gap("utf8.yaml")).toBe("invalid-utf8:9");
        expect(await gap("helm.yaml")).toBe("unrendered-template:10");
        expect(await gap("bomb.yaml")).toBe("yaml-alias-bomb:1");
        expect(await gap("deep.yaml")).toBe("too-deep:9");
        expect(await gap("types.yaml")).toBe("invalid-field:15");
        expect(await gap("huge.yaml")).toBe("document-too-large:8");
        expect(await gap("cut.json")).toBe("json-truncated:1");
        expect(await gap("page.json")).toBe("list-is-one-page:1");
        expect(await gap("dup.json")).toBe("duplicate-key:1");
        expect(await gap("widget.yaml")).toBe("unknown-pod-carrier:9");
      },
    ));

  test("symbolic links in a circle and dangling ones are named, not followed for ever", () =>
    withFolder({ "a/s.yaml": service }, async (directory) => {
      symlinkSync("..", join(directory, "a/up"));
      symlinkSync("nowhere", join(directory, "a/gone.yaml"));
      const { code, report } = await scanJson(["a", ...RULE], directory);
      expect(code).toBe(3);
      expect(report.incomplete.map((one) => one.code).sort()).toEqual(["symlink-loop", "unreadable"]);
    }));
});

test("several outputs in one run; files appear whole, standard output gets one line", () =>
  withFolder({ "bad.yaml": privileged("a") }, async (directory) => {
    const { stdout } = await ringwall(["scan", "bad.yaml", ...RULE, "-o", "json=r.json", "-o", "ndjson=r.ndjson"], {
      directory,
    });
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect((JSON.parse(readFileSync(join(directory, "r.json"), "utf8")) as ReportJson).findings).toHaveLength(1);
    expect(readFileSync(join(directory, "r.ndjson"), "utf8").trim().split("\n")).toHaveLength(2);
    expect((await ringwall(["scan", "bad.yaml", "-o", "json=no/such/folder.json"], { directory })).code).toBe(2);
    expect(existsSync(join(directory, "no"))).toBe(false);
    expect((await ringwall(["scan", "bad.yaml", "-o", "json", "-o", "text"], { directory })).code).toBe(2);
    expect((await ringwall(["scan", "bad.yaml", "-o", "json=/dev/stdout"], { directory })).stdout).toContain(
      "ringwall.report/v1",
    );
  }));

test("a file over 10 MiB is read to its end", () =>
  withFolder({}, async () => {
    const padding = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  k: "${"x".repeat(1024 * 1024)}"\n---\n`;
    await withFolder({ "large.yaml": padding.repeat(12) + privileged("last") }, async (directory) => {
      const { report } = await scanJson(["large.yaml", ...RULE], directory);
      expect(report.summary.objects).toBe(13);
      expect(report.findings[0]?.evidence[0]).toMatchObject({
        file: "large.yaml",
        line: 12 * 6 + 10,
        column: 9,
        value: true,
      });
    });
  }));

test("two objects of one identity are both evaluated and both reported, with a note", () =>
  withFolder({ "a.yaml": privileged("a"), "b.yaml": privileged("a") }, async (directory) => {
    const { report } = await scanJson([".", ...RULE], directory);
    expect(report.findings.map(({ evidence }) => evidence[0]?.file)).toEqual(["a.yaml", "b.yaml"]);
    expect(report).toHaveProperty("notes.0.code", "duplicate");
  }));

test("中文 from the locale and from the flag", async () => {
  const { stdout } = await ringwall(["scan", "examples/shop/insecure"], { environment: { LANG: "zh_CN.UTF-8" } });
  expect(stdout).toContain("严重");
  expect(stdout).toContain("修复：");
  expect((await ringwall(["scan", "nowhere", "--lang", "zh-CN"])).code).toBe(2);
});
