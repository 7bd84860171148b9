// Bundles the page's script and style into the module that the HTML format embeds, with the hashes its policy names.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { build } from "esbuild";
import { REPOSITORY } from "./run-ringwall.ts";

const BROWSER = join(REPOSITORY, "src/report/html/browser");

/** The text of `src/report/html/page.generated.ts`. */
export async function pageModule(): Promise<string> {
  const script = await bundle("main.js");
  const style = await bundle("page.css");
  return [
    "// Generated from browser/ by `vitest run test/formats/html-page.test.ts -u`: do not edit.",
    "",
    `export const STYLE = ${JSON.stringify(style)};`,
    `export const STYLE_HASH = ${JSON.stringify(hashOf(style))};`,
    `export const SCRIPT = ${JSON.stringify(script)};`,
    `export const SCRIPT_HASH = ${JSON.stringify(hashOf(script))};`,
    "",
  ].join("\n");
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: BROWSER,
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: ["chrome123", "firefox120", "safari17.5"],
    charset: "utf8",
    legalComments: "none",
  });
  return (outputFiles[0]?.text ?? "").trimEnd();
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
}
