// The scan step of action.yml: inputs come as environment variables, never through a shell; annotations go to the log,
// a summary to the job, SARIF to a file. It ends well for every answer of a scan, so that the upload still happens; the
// last step fails the job.

import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

const { env } = process;
const program = join(import.meta.dirname, "../dist/ringwall.js");
const workspace = env["GITHUB_WORKSPACE"] ?? process.cwd();
const summary = join(env["RUNNER_TEMP"] ?? workspace, "ringwall-summary.md");

const linesOf = (text = ""): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const changedSince = (env["RINGWALL_CHANGED_SINCE"] ?? "").trim();
const { status, error } = spawnSync(
  process.execPath,
  [
    program,
    "scan",
    `--fail-on=${env["RINGWALL_FAIL_ON"] ?? "high"}`,
    ...(changedSince === "" ? [] : [`--changed-since=${changedSince}`]),
    `--output=sarif=${env["RINGWALL_SARIF"] ?? "ringwall.sarif"}`,
    `--output=markdown=${summary}`,
    "--output=github",
    ...linesOf(env["RINGWALL_ARGUMENTS"]),
    "--",
    ...linesOf(env["RINGWALL_TARGETS"]),
  ],
  { cwd: workspace, stdio: ["ignore", "inherit", "inherit"] },
);
if (error !== undefined) throw error;
const isAnswer = status === 0 || status === 1 || status === 3;
if (env["GITHUB_OUTPUT"] !== undefined) appendFileSync(env["GITHUB_OUTPUT"], `exit-code=${status ?? 70}\n`);
if (isAnswer && env["GITHUB_STEP_SUMMARY"] !== undefined)
  appendFileSync(env["GITHUB_STEP_SUMMARY"], readFileSync(summary, "utf8"));
rmSync(summary, { force: true });
process.exitCode = isAnswer ? 0 : (status ?? 70);
