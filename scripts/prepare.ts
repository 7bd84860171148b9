// What npm runs when the package is installed from a Git repository (as pre-commit does): builds the program.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

// npm prepares a Git dependency of a global install by another global install, which puts nothing into this folder.
if (!existsSync(join(root, "node_modules/esbuild"))) {
  const env = { ...process.env, npm_config_global: "false", npm_config_location: "project" };
  const install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", install, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
}
await import("./build.ts");
