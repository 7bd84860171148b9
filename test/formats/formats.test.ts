// One suite over every format: nothing is dropped, nothing of a manifest acts, the same report gives the same text.

import { describe, expect, test } from "vitest";
import { FORMATS } from "../../src/cli/formats.ts";
import { catalogueOf } from "../../src/report/catalogue.ts";
import { reportedOf, type FindingStatus, type Report } from "../../src/report/report.ts";
import { PLAIN } from "../../src/report/text/style.ts";
import { LANGUAGES, type Language } from "../../src/verdicts/rule.ts";
import {
  cleanReport,
  fixtureFinding,
  fixtureRule,
  hostileReport,
  largeReport,
  nothingReport,
} from "./fixture-report.ts";
import { READERS, type Contents } from "./format-readers.ts";

async function print(format: string, report: Report, language: Language = "en"): Promise<string> {
  const render = await FORMATS[format]?.();
  if (render === undefined) throw new Error(`no format ${format}`);
  return [...render(report, catalogueOf(language), { width: 120, style: PLAIN, isAll: true })].join("");
}

function namesIn(report: Report, status: FindingStatus): readonly string[] {
  return [...reportedOf(report)].filter((one) => one.status === status).map(({ finding }) => finding.resource.name);
}

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

test("every format has a reader", () => {
  expect(Object.keys(READERS).sort()).toEqual(Object.keys(FORMATS).sort());
});

describe.each(Object.entries(READERS))("%s", (format, { read, shown }) => {
  test.each<[keyof Contents, (report: Report) => readonly string[]]>([
    ["fail", (report) => namesIn(report, "fail")],
    ["manual", (report) => namesIn(report, "manual")],
    ["excepted", (report) => namesIn(report, "excepted")],
    ["gaps", (report) => report.run.gaps.map(({ what }) => what)],
    ["notes", (report) => report.run.duplicates],
  ])("holds every name under %s, readable and whole", async (part, expected) => {
    const report = hostileReport();
    const contents = read(await print(format, report));
    expect(sorted(contents[part])).toEqual(sorted(expected(report).map(shown)));
  });

  test("shows no control or direction character, in any language", async () => {
    for (const language of LANGUAGES) {
      const output = await print(format, hostileReport(), language);
      const found = /[^\n\P{Cc}]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.exec(output.replaceAll("\r\n", "\n"));
      expect(found?.[0]).toBeUndefined();
      expect(output.isWellFormed()).toBe(true);
    }
  });

  test("is the same on repeat", async () => {
    expect(await print(format, hostileReport())).toBe(await print(format, hostileReport()));
  });

  test("does not change with the time a run took", async () => {
    if (format === "text") return;
    const slow = { ...hostileReport(), elapsedMilliseconds: 9999 };
    expect(await print(format, slow)).toBe(await print(format, hostileReport()));
  });

  test("ends with a line break", async () => {
    for (const report of [hostileReport(), cleanReport(), nothingReport()])
      expect((await print(format, report)).endsWith("\n")).toBe(true);
  });

  test("of a clean report is empty of findings and gaps", async () => {
    const contents = read(await print(format, cleanReport()));
    expect(contents).toEqual({ fail: [], manual: [], excepted: [], gaps: [], notes: [] });
  });

  test("of nothing read shows that nothing was", async () => {
    const { fail, gaps } = read(await print(format, nothingReport()));
    expect({ fail: fail.length, gaps: gaps.length }).toEqual({ fail: 0, gaps: 1 });
  });

  test("comes in chunks, none of which holds the report", async () => {
    const render = await FORMATS[format]?.();
    const report = largeReport(5000);
    const chunks = [...(render?.(report, catalogueOf("en"), { width: 120, style: PLAIN, isAll: true }) ?? [])];
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(256 * 1024);
  });
});

test("findings that were known before are in every format but annotations, and their number is in those", async () => {
  const report = cleanReport();
  const [rule = fixtureRule("high")] = report.rules;
  const known = ["known-a", "known-b"].map((name, index) =>
    fixtureFinding(fixtureRule("high", rule.id.slice(10)), name, index),
  );
  const compared = { ...report, comparison: { name: "last week", fresh: [], known, gone: [] } };
  for (const format of Object.keys(FORMATS)) {
    const output = await print(format, compared);
    if (format === "github") expect(output).toContain("2 known");
    else for (const name of ["known-a", "known-b"]) expect(output).toContain(name);
  }
});
