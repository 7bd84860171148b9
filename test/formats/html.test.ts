import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { catalogueOf } from "../../src/report/catalogue.ts";
import { htmlReport } from "../../src/report/html/html.ts";
import { hostileReport } from "./fixture-report.ts";
import { shopReport } from "./shop-report.ts";

const hostile = [...htmlReport(hostileReport(), catalogueOf("en"))].join("");
const hash = (text: string) => `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
const inside = (tag: string) => new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(hostile)?.[1] ?? "";

describe("the HTML report", () => {
  test("admits its own script and style, by hash, and nothing else", () => {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(hostile)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src '${hash(inside("script"))}'`);
    expect(policy).toContain(`style-src '${hash(inside("style"))}'`);
    expect(policy).not.toMatch(/unsafe|https?:/);
  });

  test("names no address to load anything from", () => {
    const markup = hostile.replace(/<(script|style)[^>]*>[^]*?<\/\1>/g, "");
    for (const [, value = ""] of markup.matchAll(/(?:src|href)="([^"]*)"/g)) expect(value).toMatch(/^(?:data:|#)/);
    expect(markup).not.toMatch(/ (?:style|on\w+)=/i);
    expect(inside("style")).not.toMatch(/@import|url\(/);
  });

  test("holds data that no parser can leave: not one < in a block", () => {
    const blocks = [...hostile.matchAll(/<script type="application\/json" [^>]*>([^]*?)<\/script>/g)];
    for (const [, text = ""] of blocks) expect(text).not.toContain("<");
    expect(hostile.match(/<script/g)).toHaveLength(blocks.length + 1);
    expect(hostile.match(/<\/script/g)).toHaveLength(blocks.length + 1);
  });

  test("carries both languages whatever the language of the run", async () => {
    for (const language of ["en", "zh-CN"] as const) {
      const page = [...htmlReport(await shopReport(), catalogueOf(language))].join("");
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).toContain("Container runs privileged");
      expect(page).toContain("容器以特权模式运行");
      expect(page).toContain("复");
    }
  });

  test("says the numbers and the verdict where scripts are not run", () => {
    const markup = hostile.slice(hostile.indexOf("<main"), hostile.indexOf("</main>"));
    expect(markup).toContain("<li>6 critical</li>");
    expect(markup).toContain("22 not evaluated");
    expect(markup).toContain("<noscript>");
  });
});
