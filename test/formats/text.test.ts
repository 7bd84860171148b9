import { describe, expect, test } from "vitest";
import { FORMATS } from "../../src/cli/formats.ts";
import { catalogueOf } from "../../src/report/catalogue.ts";
import type { Report } from "../../src/report/report.ts";
import { displayWidth } from "../../src/report/text/display-width.ts";
import { ANSI, PLAIN } from "../../src/report/text/style.ts";
import type { TextOptions } from "../../src/report/text/text.ts";
import type { Language } from "../../src/verdicts/rule.ts";
import { cleanReport, fixtureFinding, fixtureRule, largeReport, nothingReport, reportWith } from "./fixture-report.ts";
import { shopReport } from "./shop-report.ts";

async function linesOf(report: Report, options: Partial<TextOptions> = {}, language: Language = "en") {
  const render = await FORMATS["text"]?.();
  const all = { width: 80, style: PLAIN, isAll: false, ...options };
  return [...(render?.(report, catalogueOf(language), all) ?? [])].join("").split("\n");
}

describe.each(["en", "zh-CN"] as const)("in %s", (language) => {
  test.each([72, 80, 100, 120])("no line of the shop's report is wider than %i columns", async (width) => {
    for (const isAll of [false, true]) {
      const wide = (await linesOf(await shopReport(), { width, isAll }, language)).filter(
        (line) => displayWidth(line) > width,
      );
      // Names are never cut: a row of one long name and its kind may be wider.
      expect(wide.filter((line) => !/^ {6}\S/.test(line))).toEqual([]);
      if (width >= 80 && !isAll) expect(wide).toEqual([]);
    }
  });

  test("columns of a table stand under each other", async () => {
    const lines = await linesOf(await shopReport(), { width: 120, isAll: true }, language);
    const rows = lines.filter((line) => /^ {6}\S.* {2}[A-Z]\w+(?: · .*)? {2,}[\w-]+\.yaml:\d+:\d+/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    const start = (line: string) => displayWidth(line.slice(0, line.search(/[\w-]+\.yaml:\d/)));
    const blocks = Map.groupBy(rows, (row) => tableOf(lines, row));
    for (const block of blocks.values()) expect(new Set(block.map(start)).size).toBe(1);
  });
});

/** The heading of the table a row stands in. */
function tableOf(lines: readonly string[], row: string): string {
  return lines.slice(0, lines.indexOf(row)).findLast((line) => /^ {2}\S/.test(line)) ?? "";
}

test("files below the only directory asked for are named without it", async () => {
  const text = (await linesOf(await shopReport())).join("\n");
  expect(text).toContain("cart.yaml:32:13");
  expect(text).not.toContain("examples/shop/insecure/cart.yaml");
});

test("one cause is one block, and one resource one row with all its containers and lines", async () => {
  const rule = fixtureRule("high");
  const findings = [0, 1].map((index) => {
    const finding = fixtureFinding(rule, "cart", 0);
    const [evidence] = finding.evidence;
    const position = { file: "deploy/cart.yaml", line: 10 + index, column: 3 };
    return { ...finding, key: `container-${index}`, evidence: [{ path: evidence?.path ?? [], value: true, position }] };
  });
  const lines = await linesOf(reportWith({ rules: [rule], findings }), { width: 100 });
  expect(lines.filter((line) => line.includes(rule.id))).toHaveLength(1);
  expect(lines).toContain(
    "      shop/cart  Deployment · container-0, container-1  cart.yaml:10:3, 11:3  privileged: true",
  );
});

test("a value that all rows share is said once where there is no room for it in each", async () => {
  const lines = await linesOf(await shopReport(), { width: 80 });
  expect(lines.filter((line) => line.trim() === "privileged: true")).toHaveLength(1);
  expect(lines.some((line) => line.includes("cart.yaml:32:13") && !line.includes("privileged"))).toBe(true);
});

test("without --all a block names five and says how many more there are", async () => {
  const short = await linesOf(largeReport(200));
  expect(short.filter((line) => line.includes("more: --rule workloads/")).length).toBeGreaterThan(0);
  const all = await linesOf(largeReport(200), { isAll: true });
  expect(all.filter((line) => /^ {6}shop\/app-\d+ /.test(line))).toHaveLength(200);
});

test("colour changes nothing but the colour", async () => {
  const plain = await linesOf(await shopReport());
  const coloured = await linesOf(await shopReport(), { style: ANSI });
  expect(coloured).not.toEqual(plain);
  // eslint-disable-next-line no-control-regex -- colour codes are control characters
  expect(coloured.map((line) => line.replace(/\u001b\[\d+m/g, ""))).toEqual(plain);
});

test("nothing wrong and nothing looked at read differently", async () => {
  expect((await linesOf(cleanReport())).at(-2)).toBe("No findings. 10 workloads, 1 rule, nothing left unevaluated.");
  expect(await linesOf(nothingReport())).toEqual([
    "Nothing was evaluated: no Kubernetes objects in deploy (2 files read, 2 without",
    "any).",
    "",
  ]);
});
