// Builds when there is no build yet, or when a source is newer: `npm run ringwall` always runs what the checkout says.

import { execFileSync } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./rule-folders.ts";

const built = statSync(join(REPOSITORY, "dist/ringwall.js"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = [...globSync("{src,scripts}/**/*.ts", { cwd: REPOSITORY }), "package.json"];
if (sources.some((file) => statSync(join(REPOSITORY, file)).mtimeMs > built)) {
  execFileSync(process.execPath, [join(REPOSITORY, "scripts/build.ts")], { stdio: "inherit" });
}
