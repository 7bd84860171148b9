// The licences of what is bundled, from the packages' own files.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./rule-folders.ts";

/** `inputs` are the bundler's input paths, relative to the repository. */
export function thirdPartyNotices(inputs: readonly string[]): string {
  const names = new Set(inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  return [...names].sort().map(noticeOf).join("\n");
}

function noticeOf(name: string): string {
  const folder = join(REPOSITORY, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
    license: string;
  }; // npm's required fields
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : license;
  return `${name} ${version} (${license})\n\n${text}\n`;
}
