import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse, parseAllDocuments } from "yaml";
import { describe, expect, test } from "vitest";
import { findProgram } from "../servers/go-toolchain.ts";
import { REPOSITORY, withFolder, type Outcome } from "./program.ts";

const read = (name: string): string => readFileSync(join(REPOSITORY, name), "utf8");
const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: main, image: x, securityContext: { privileged: true } }] }\n`;
const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
const git = (directory: string, ...arguments_: string[]): void => {
  execFileSync("git", [...identity, ...arguments_], { cwd: directory, stdio: "ignore" });
};

test("every pipeline file is YAML without duplicate keys", () => {
  for (const name of [".pre-commit-hooks.yaml", "action.yml", "ci/gitlab.yml"]) {
    const problems = parseAllDocuments(read(name)).flatMap((document) => [...document.errors, ...document.warnings]);
    expect([name, problems]).toEqual([name, []]);
  }
});

describe("the pre-commit hooks", () => {
  const hooks = parse(read(".pre-commit-hooks.yaml")) as readonly {
    readonly id: string;
    readonly name: string;
    readonly entry: string;
    readonly args: readonly string[];
    readonly language: string;
    readonly pass_filenames: boolean;
  }[];

  test("say what pre-commit needs, and install the program the entry names", () => {
    expect(hooks.map(({ id }) => id)).toEqual(["ringwall", "ringwall-all"]);
    const { bin } = JSON.parse(read("package.json")) as { bin: Record<string, string> };
    for (const { entry, language, pass_filenames, name } of hooks) {
      expect([name !== "", language, pass_filenames]).toEqual([true, "node", false]);
      expect(Object.keys(bin)).toContain(entry.split(" ")[0]);
    }
  });

  test("run as pre-commit runs them: the first fails on what a commit adds, the second on everything", () =>
    withFolder({ "old.yaml": pod("old") }, async (directory) => {
      git(directory, "init");
      git(directory, "add", "-A");
      git(directory, "commit", "-m", "first");
      const run = (id: string): number | null => {
        const hook = hooks.find((one) => one.id === id);
        const [, ...entry] = hook?.entry.split(" ") ?? [];
        const program = join(REPOSITORY, "dist/ringwall.js");
        return spawnSync(process.execPath, [program, ...entry, ...(hook?.args ?? [])], { cwd: directory }).status;
      };
      expect([run("ringwall"), run("ringwall-all")]).toEqual([0, 1]);
      writeFileSync(join(directory, "new.yaml"), pod("new"));
      expect(run("ringwall")).toBe(1);
    }));
});

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}
const action = parse(read("action.yml")) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};

describe("the GitHub Action", () => {
  test("uses no other action, and puts no input into a script", () => {
    expect(action.runs.using).toBe("composite");
    for (const { uses, shell, run } of action.runs.steps) {
      expect([uses, shell]).toEqual([undefined, "bash"]);
      expect(run).not.toContain("${{");
    }
  });

  test("builds from its own commit, scans, annotates, summarises, uploads and fails as the scan says", () =>
    withAction(async (runner) => {
      const { code, stdout, summary, uploads } = await runner.run({});
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /^::error file=deploy\/a\.yaml,line=4,col=\d+,title=critical%3A workloads\/privileged-container::/m,
      );
      expect(summary).toContain("**Ringwall**");
      expect(uploads).toHaveLength(1);
      expect(uploads[0]).toMatchObject({
        authorization: "Bearer secret",
        commit_sha: "0".repeat(40),
        ref: "refs/heads/main",
      });
      const { runs } = JSON.parse(uploads[0]?.sarif ?? "") as { runs: { results: unknown[] }[] };
      expect(runs[0]?.results.length).toBeGreaterThan(0);
    }));

  test("inputs are taken as they are, whatever they hold", () =>
    withAction(async (runner) => {
      const evil = 'deploy\n$(touch ran); touch ran # `touch ran`\n" && touch ran';
      const { code, stderr } = await runner.run({ targets: evil, upload: "false" });
      expect([code, existsSync(join(runner.workspace, "ran"))]).toEqual([2, false]);
      expect(stderr).toContain("no such file or directory: $(touch ran)");
      const flags = await runner.run({ arguments: "--rule\nhost-pid\n", "fail-on": "none", upload: "false" });
      expect([flags.code, flags.uploads.length]).toEqual([0, 0]);
    }));

  test("a scan that could not see everything fails with 3; a refused upload is told and does not", () =>
    withAction(async (runner) => {
      writeFileSync(join(runner.workspace, "deploy/a.yaml"), "a: [\n");
      const { code, stdout } = await runner.run({}, 403);
      expect(code).toBe(3);
      expect(stdout).toContain("::warning title=Ringwall::SARIF was not uploaded (403)");
      expect((await runner.run({ "fail-on": "none" }, 500)).code).toBe(1);
    }));
});

interface Uploaded {
  readonly authorization: string | undefined;
  readonly commit_sha: string;
  readonly ref: string;
  readonly sarif: string;
}

interface ActionRunner {
  readonly workspace: string;
  readonly run: (
    inputs: Readonly<Record<string, string>>,
    status?: number,
  ) => Promise<Outcome & { readonly summary: string; readonly uploads: readonly Uploaded[] }>;
}

/** A runner's workspace and a copy of this repository as the action's checkout; `npm ci` links what is installed here. */
async function withAction(use: (runner: ActionRunner) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "ringwall-action-"));
  const workspace = join(root, "work");
  const checkout = join(root, "action");
  const programs = join(root, "bin");
  try {
    for (const folder of [join(workspace, "deploy"), checkout, programs]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(workspace, "deploy/a.yaml"), pod("a"));
    for (const name of ["action.yml", "package.json", "scripts", "src"])
      cpSync(join(REPOSITORY, name), join(checkout, name), { recursive: true });
    const npm = join(programs, "npm");
    writeFileSync(npm, `#!/bin/sh\n[ "$1" = ci ] && ln -sfn '${join(REPOSITORY, "node_modules")}' node_modules\n`);
    chmodSync(npm, 0o755);
    await use({
      workspace,
      run: (inputs, status = 202) => runAction({ workspace, checkout, programs, root }, inputs, status),
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function runAction(
  { workspace, checkout, programs, root }: Readonly<Record<"workspace" | "checkout" | "programs" | "root", string>>,
  given: Readonly<Record<string, string>>,
  status: number,
): Promise<Outcome & { readonly summary: string; readonly uploads: readonly Uploaded[] }> {
  const uploads: Uploaded[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(parts).toString("utf8")) as Uploaded;
      const sarif = gunzipSync(Buffer.from(body.sarif, "base64")).toString("utf8");
      if (request.url === "/repos/o/r/code-scanning/sarifs")
        uploads.push({ ...body, sarif, authorization: request.headers.authorization });
      response.writeHead(status).end("{}");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const inputs: Record<string, string> = { token: "secret" };
  for (const [name, value] of Object.entries(action.inputs)) inputs[name] ??= given[name] ?? value.default;
  const files = { output: join(root, "output"), summary: join(root, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  let [stdout, stderr] = ["", ""];
  try {
    for (const step of action.runs.steps) {
      const value = (text: string): string =>
        text
          .replace(/\$\{\{ *inputs\.([\w-]+) *\}\}/g, (_, name: string) => inputs[name] ?? "")
          .replace(
            /\$\{\{ *steps\.scan\.outputs\.exit-code *\}\}/g,
            () => /^exit-code=(\d+)$/m.exec(readFileSync(files.output, "utf8"))?.[1] ?? "",
          );
      if (
        step.if !== undefined &&
        step.if.replace(/inputs\.(\w+)/, (_, name: string) => `'${inputs[name] ?? ""}'`) !== "'true' == 'true'"
      )
        continue;
      const outcome = await bashStep(
        step.run ?? "",
        {
          ...process.env,
          ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, value(text)])),
          PATH: [programs, process.env["PATH"] ?? ""].join(delimiter),
          GITHUB_ACTION_PATH: checkout,
          GITHUB_WORKSPACE: workspace,
          GITHUB_OUTPUT: files.output,
          GITHUB_STEP_SUMMARY: files.summary,
          GITHUB_API_URL: `http://127.0.0.1:${port}`,
          GITHUB_REPOSITORY: "o/r",
          GITHUB_SHA: "0".repeat(40),
          GITHUB_REF: "refs/heads/main",
          RUNNER_TEMP: root,
        },
        workspace,
      );
      stdout += outcome.stdout;
      stderr += outcome.stderr;
      if (outcome.code !== 0)
        return { code: outcome.code, stdout, stderr, uploads, summary: readFileSync(files.summary, "utf8") };
    }
    return { code: 0, stdout, stderr, uploads, summary: readFileSync(files.summary, "utf8") };
  } finally {
    server.close();
  }
}

/** As a runner starts `shell: bash`: with -e and pipefail, from a file. */
function bashStep(script: string, environment: NodeJS.ProcessEnv, directory: string): Promise<Outcome> {
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd: directory,
    env: environment,
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
}

describe("the GitLab template", () => {
  const [header, body] = parseAllDocuments(read("ci/gitlab.yml")).map(
    (document) => document.toJS() as Record<string, unknown>,
  );
  const { inputs } = (header?.["spec"] ?? { inputs: {} }) as { inputs: Record<string, { default?: string }> };
  const job = body?.["ringwall"] as { variables: Record<string, string>; script: readonly string[] };

  test("every input it uses is declared, and none goes into a script", () => {
    const used = [...JSON.stringify(body).matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(inputs)));
    expect(JSON.stringify(job.script)).not.toContain("$[[");
  });

  test.each([
    ["a branch: everything", undefined, 1],
    ["a merge request: what it adds", "HEAD", 0],
  ])("its script runs on %s", (_, base, expected) =>
    withFolder(
      {
        "a.yaml": pod("a"),
        "bin/ringwall": `#!/bin/sh\nexec '${process.execPath}' '${join(REPOSITORY, "dist/ringwall.js")}' "$@"\n`,
      },
      async (directory) => {
        chmodSync(join(directory, "bin/ringwall"), 0o755);
        git(directory, "init");
        git(directory, "add", "-A");
        git(directory, "commit", "-m", "first");
        const variables = Object.entries(job.variables).map(([name, text]) => [
          name,
          text.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, input: string) => inputs[input]?.default ?? ""),
        ]);
        const outcome = spawnSync("sh", ["-e", "-c", job.script.join("\n")], {
          cwd: directory,
          encoding: "utf8",
          env: {
            ...process.env,
            ...(Object.fromEntries(variables) as Record<string, string>),
            ...(base !== undefined && { CI_MERGE_REQUEST_DIFF_BASE_SHA: base }),
            PATH: [join(directory, "bin"), process.env["PATH"] ?? ""].join(delimiter),
          },
        });
        expect([outcome.status, outcome.stderr]).toEqual([expected, ""]);
        for (const file of ["ringwall-junit.xml", "ringwall.sarif", "ringwall.html"])
          expect([file, existsSync(join(directory, file))]).toEqual([file, true]);
      },
    ),
  );
});

describe("the image", () => {
  const instructions = read("Dockerfile")
    .replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => ({ keyword: line.slice(0, line.indexOf(" ")), rest: line.slice(line.indexOf(" ") + 1).trim() }));
  const last = instructions.slice(instructions.findLastIndex(({ keyword }) => keyword === "FROM"));
  const of = (keyword: string): readonly string[] =>
    last.filter((one) => one.keyword === keyword).map(({ rest }) => rest);

  test("is nothing but what is put there: no base, no command of its own, no root", () => {
    expect(of("FROM")).toEqual(["scratch"]);
    expect(of("RUN")).toEqual([]);
    expect(of("USER")).toEqual(["65532:65532"]);
    expect(JSON.parse(of("ENTRYPOINT")[0] ?? "")).toEqual(["/usr/local/bin/node", "/ringwall/dist/ringwall.js"]);
  });

  test("every file it copies is here, and is let through by .dockerignore", () => {
    const sources = instructions
      .filter(({ keyword, rest }) => keyword === "COPY" && !rest.startsWith("--from"))
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
    const letThrough = new Set(
      read(".dockerignore")
        .split("\n")
        .filter((line) => line.startsWith("!"))
        .map((line) => line.slice(1)),
    );
    for (const source of sources)
      expect([source, existsSync(join(REPOSITORY, source)), letThrough.has(source.replace(/^\.\//, ""))]).toEqual([
        source,
        true,
        true,
      ]);
  });

  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  test.skipIf(!isRoot)(
    `what it holds runs as its user, with nothing else to see${isRoot ? "" : " (chroot takes root)"}`,
    () =>
      withFolder({ "image/work/a.yaml": pod("a") }, async (folder) => {
        const root = join(folder, "image");
        chmodSync(folder, 0o755);
        // Node is put together by the Dockerfile's own commands, from this machine's.
        const collect =
          instructions.find(({ keyword, rest }) => keyword === "RUN" && rest.includes("ldd"))?.rest ?? "exit 9";
        const here = collect.replaceAll("/image", root).replace("/usr/local/bin/node /", `${process.execPath} /`);
        execFileSync("bash", [
          "-eo",
          "pipefail",
          "-c",
          here.replace("ldd /usr/local/bin/node", `ldd ${process.execPath}`),
        ]);
        mkdirSync(join(root, "usr/local/bin"), { recursive: true });
        cpSync(process.execPath, join(root, "usr/local/bin/node"), { dereference: true });
        for (const [from, to] of [
          ["dist", "ringwall/dist"],
          ["package.json", "ringwall/package.json"],
        ] as const)
          cpSync(join(REPOSITORY, from), join(root, to), { recursive: true });
        const entry = JSON.parse(of("ENTRYPOINT")[0] ?? "[]") as readonly string[];
        const run = (...command: readonly string[]): Outcome => {
          const chroot = ["--userspec", of("USER")[0] ?? "", root, ...entry, ...command];
          const { status, stdout, stderr } = spawnSync(
            findProgram("chroot", ["/usr/sbin", "/sbin"]) ?? "chroot",
            chroot,
            { env: {}, encoding: "utf8" },
          );
          return { code: status, stdout, stderr };
        };
        const scan = run("scan", "/work");
        expect([scan.code, scan.stderr]).toEqual([1, ""]);
        expect(scan.stdout).toContain("workloads/privileged-container");
        expect(run("--version").code).toBe(0);
        expect(existsSync(join(root, "bin/sh"))).toBe(false);
      }),
  );
});
