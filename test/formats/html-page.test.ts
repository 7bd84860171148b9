import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pageModule } from "./html-page.ts";
import { REPOSITORY } from "./run-ringwall.ts";

test("the embedded page is what browser/ says", async () => {
  await expect(await pageModule()).toMatchFileSnapshot("../../src/report/html/page.generated.ts");
});

test("nothing in it ends or opens a script or style element", async () => {
  expect(await pageModule()).not.toMatch(/<\/(?:script|style)|<!--|<script/i);
});

test("the page's code has the types of a browser", () => {
  const tsc = join(REPOSITORY, "node_modules/.bin/tsc");
  expect(() => execFileSync(tsc, ["-p", join(REPOSITORY, "src/report/html/browser")], { stdio: "pipe" })).not.toThrow();
});
