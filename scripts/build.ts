// Bundles the program into dist/: a launcher that turns on the compile cache, the command line in chunks loaded when
// used, and each engine as a module of its own with its types.

import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { build, type BuildOptions } from "esbuild";
import { REPOSITORY } from "./rule-folders.ts";
import { thirdPartyNotices } from "./third-party-notices.ts";

const manifest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as { version: string }; // our own file
// Built aside and put in place at the end: what runs meanwhile finds the old program or the new one, whole.
const dist = join(REPOSITORY, "dist");
const aside = join(REPOSITORY, `.dist-${process.pid}`);

const LAUNCHER = `#!/usr/bin/env node
// Any Node can read this file: it says which one is needed before it loads what older ones cannot.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write("ringwall: needs Node 24.15 or newer; this is " + process.version + "\\n");
  process.exit(2);
}
import("node:module")
  .then((module) => module.enableCompileCache?.())
  .then(() => import("./cli/main.js"))
  .then((cli) => cli.run());
`;

const common: BuildOptions = {
  absWorkingDir: REPOSITORY,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node24",
  minify: true,
  metafile: true,
  logLevel: "warning",
  legalComments: "none",
  define: { RINGWALL_VERSION: JSON.stringify(manifest.version) },
  // Bundled CommonJS packages ask for Node's own modules through require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};

mkdirSync(aside, { recursive: true });
process.on("exit", () => rmSync(aside, { recursive: true, force: true })); // what is left of a build that failed
const cli = await build({
  ...common,
  entryPoints: { main: "src/cli/main.ts" },
  outdir: join(aside, "cli"),
  splitting: true,
  chunkNames: "[name]-[hash]",
});
writeFileSync(join(aside, "ringwall.js"), LAUNCHER);
chmodSync(join(aside, "ringwall.js"), 0o755);
writeFileSync(join(aside, "THIRD-PARTY-NOTICES"), thirdPartyNotices(Object.keys(cli.metafile?.inputs ?? {})));

const engines = {
  access: "src/layers/access/access.ts",
  network: "src/layers/network/network.ts",
  workloads: "src/layers/workloads/pod-security/pod-security.ts",
};
const { banner: _, ...pure } = common;
await build({ ...pure, entryPoints: engines, outdir: join(aside, "engines"), platform: "neutral", minify: false });
if (process.argv.includes("--types")) {
  execFileSync("tsc", ["-p", "tsconfig.types.json", "--outDir", join(aside, "types")], {
    cwd: REPOSITORY,
    stdio: "inherit",
  });
}
const old = `${aside}-old`;
if (existsSync(dist)) renameSync(dist, old);
renameSync(aside, dist);
rmSync(old, { recursive: true, force: true });
