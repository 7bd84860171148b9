// Ringwall judged by Ringwall: what this repository would deploy must pass its own scan.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./rule-folders.ts";

const targets = ["charts", "deploy", "examples/shop/protected"].filter((folder) =>
  existsSync(join(REPOSITORY, folder)),
);
const { status } = spawnSync(process.execPath, ["dist/ringwall.js", "scan", ...targets, "--fail-on", "high"], {
  cwd: REPOSITORY,
  stdio: "inherit",
});
process.exitCode = status === 0 ? 0 : 1;
