import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "./program.ts";

const run = (command: string, arguments_: readonly string[], cwd: string): string =>
  execFileSync(command, arguments_, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: cwd },
    stdio: ["ignore", "pipe", "pipe"],
  });

test("the packed package installs into an empty folder, alone, and runs", { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "ringwall-package-"));
  try {
    run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], REPOSITORY);
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    const user = join(folder, "user");
    execFileSync("mkdir", [user]);
    writeFileSync(join(user, "package.json"), '{"name":"user","version":"1.0.0","type":"module"}');
    run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--offline", join(folder, tarball)], user);
    expect(readdirSync(join(user, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["ringwall"]);
    writeFileSync(
      join(user, "pod.yaml"),
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: x, securityContext: {privileged: true}}]}\n",
    );
    const executable = join(user, "node_modules/.bin/ringwall");
    expect(run(executable, ["--version"], user)).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(() => run(executable, ["scan", "pod.yaml"], user)).toThrow(/Command failed/); // exit 1: a finding
    writeFileSync(
      join(user, "use.mjs"),
      'import { evaluatePod } from "ringwall/workloads"; console.log(evaluatePod({ spec: { hostPID: true } }, "baseline", "latest").allowed);',
    );
    expect(run(process.execPath, ["use.mjs"], user)).toBe("false\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the package holds what it should and nothing of the workshop", () => {
  const [{ files }] = JSON.parse(run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], REPOSITORY)) as [
    { files: { path: string }[] },
  ];
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(["LICENSE", "README.md", "package.json", "dist/ringwall.js", "dist/THIRD-PARTY-NOTICES"]),
  );
  expect(paths.filter((path) => !/^(LICENSE|README\.md|package\.json|dist\/|schemas\/)/.test(path))).toEqual([]);
});
