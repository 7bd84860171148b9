// `npm run qa`: everything that must hold before a change is shared; CI and contributors run the same.

import { spawnSync } from "node:child_process";
import { REPOSITORY } from "./rule-folders.ts";

interface Step {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
}

const STEPS: readonly Step[] = [
  { name: "format", command: "oxfmt", arguments: ["--check", "src", "test", "scripts", "bench"] },
  { name: "lint and cycles", command: "oxlint", arguments: ["--type-aware", "src", "test", "scripts", "bench"] },
  { name: "types", command: "tsc", arguments: ["-p", "tsconfig.json"] },
  { name: "purity: types", command: "tsc", arguments: ["-p", "tsconfig.pure.json"] },
  { name: "purity: imports", command: "depcruise", arguments: ["--config", ".dependency-cruiser.mjs", "src"] },
  { name: "generated files", command: process.execPath, arguments: ["scripts/generate-registry.ts", "--check"] },
  { name: "dead code", command: "knip", arguments: [] },
  { name: "build", command: process.execPath, arguments: ["scripts/build.ts"] },
  { name: "tests", command: "vitest", arguments: ["run"] },
  { name: "self-scan", command: process.execPath, arguments: ["scripts/self-scan.ts"] },
];

const wanted = process.argv.slice(2);
const failed: string[] = [];
for (const step of STEPS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))) {
  const started = performance.now();
  const { status } = spawnSync(step.command, step.arguments, { cwd: REPOSITORY, stdio: "inherit" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? "ok    " : "FAILED"} ${step.name} (${seconds} s)\n`);
  if (status !== 0) failed.push(step.name);
}
if (failed.length > 0) {
  process.stderr.write(`qa: ${failed.join(", ")} failed\n`);
  process.exitCode = 1;
}
