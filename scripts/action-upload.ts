// The upload step of action.yml: SARIF to code scanning (REST: POST /repos/{owner}/{repo}/code-scanning/sarifs). A
// repository without code scanning, or a token without the right, is told and does not fail the job: the scan decides.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const { env } = process;
const workspace = env["GITHUB_WORKSPACE"] ?? process.cwd();
const api = env["GITHUB_API_URL"] ?? "https://api.github.com";
const sarif = readFileSync(join(workspace, env["RINGWALL_SARIF"] ?? "ringwall.sarif"));

const response = await fetch(`${api}/repos/${env["GITHUB_REPOSITORY"] ?? ""}/code-scanning/sarifs`, {
  method: "POST",
  headers: {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${env["RINGWALL_TOKEN"] ?? ""}`,
    "content-type": "application/json",
    "x-github-api-version": "2022-11-28",
  },
  body: JSON.stringify({
    commit_sha: env["GITHUB_SHA"],
    ref: env["GITHUB_REF"],
    sarif: gzipSync(sarif).toString("base64"),
    tool_name: "Ringwall",
  }),
});
const text = await response.text();
if (response.ok) process.stdout.write("SARIF was uploaded to code scanning.\n");
else if (response.status === 403 || response.status === 404) {
  const hint = "give the job `permissions: security-events: write`, and enable code scanning; forks have neither";
  process.stdout.write(`::warning title=Ringwall::SARIF was not uploaded (${response.status}): ${hint}\n`);
} else {
  process.stdout.write(`::error title=Ringwall::SARIF was not uploaded (${response.status}): ${oneLine(text)}\n`);
  process.exitCode = 1;
}

function oneLine(answer: string): string {
  return answer.slice(0, 500).replaceAll("%", "%25").replace(/\s+/g, " ");
}
