// What one format alone promises.

import { describe, expect, test } from "vitest";
import { catalogueOf } from "../../src/report/catalogue.ts";
import { csvReport } from "../../src/report/csv.ts";
import { githubReport } from "../../src/report/github.ts";
import { junitReport } from "../../src/report/junit.ts";
import { markdownReport } from "../../src/report/markdown.ts";
import { readCsv } from "./csv-reader.ts";
import { cleanReport, hostileReport, largeReport, nothingReport } from "./fixture-report.ts";
import { shopReport } from "./shop-report.ts";
import { readXml, type XmlElement } from "./xml-reader.ts";

const en = catalogueOf("en");
const text = (chunks: Iterable<string>) => [...chunks].join("");

describe("csv", () => {
  test("no cell is a formula to a spreadsheet", () => {
    const rows = readCsv(text(csvReport(hostileReport(), en)));
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r]/);
    expect(rows.map((row) => row["name"])).toContain(`'=HYPERLINK("http://example.com")`);
  });
});

describe("junit", () => {
  const sum = (cases: readonly XmlElement[], name: string) =>
    cases.filter(({ children }) => children.some((child) => child.name === name)).length;

  test.each([
    ["hostile names", hostileReport],
    ["a clean run", cleanReport],
    ["an empty input", nothingReport],
  ])("the numbers of suites and of the whole are those of their cases: %s", (_, make) => {
    const root = readXml(text(junitReport(make(), en)));
    const cases = (suite: XmlElement) => suite.children.filter(({ name }) => name === "testcase");
    for (const suite of root.children) {
      expect(suite.attributes["tests"]).toBe(String(cases(suite).length));
      expect(suite.attributes["failures"]).toBe(String(sum(cases(suite), "failure")));
      expect(suite.attributes["skipped"]).toBe(String(sum(cases(suite), "skipped")));
    }
    const all = root.children.flatMap(cases);
    expect(root.attributes["tests"]).toBe(String(all.length));
    expect(root.attributes["failures"]).toBe(String(sum(all, "failure")));
    expect(root.attributes["skipped"]).toBe(String(sum(all, "skipped")));
  });

  test("what nobody evaluated never passes", () => {
    const { children } = readXml(text(junitReport(nothingReport(), en)));
    for (const suite of children) for (const one of suite.children) expect(one.children[0]?.name).toBe("skipped");
  });
});

describe("github", () => {
  test("a step's ten annotations of each level are kept, and what has none is said and listed", async () => {
    const report = await shopReport();
    const lines = text(githubReport(report, en)).trimEnd().split("\n");
    for (const level of ["error", "warning", "notice"])
      expect(lines.filter((line) => line.startsWith(`::${level} `)).length).toBeLessThanOrEqual(10);
    const shown = lines.filter((line) => /^::\w+ .*file=/.test(line)).length;
    const listed = lines.filter((line) => !line.startsWith("::")).length;
    expect(shown + listed).toBe(report.findings.length);
    expect(lines.at(-1)).toContain(`${shown} of ${shown + listed} things as annotations`);
  });

  test("no name starts a command of its own", () => {
    const lines = text(githubReport(hostileReport(), en)).trimEnd().split("\n");
    for (const line of lines) {
      expect(line).not.toMatch(/##\[/);
      if (line.startsWith("::")) expect(line).toMatch(/^::(?:(?:error|warning|notice) [^:]*|group|endgroup)::/);
    }
  });

  test("a finding without a file still gets its annotation", () => {
    const lines = text(githubReport(nothingReport(), en)).split("\n");
    expect(lines[0]).toBe(
      "::warning title=not evaluated%3A no-objects::deploy: no Kubernetes objects in deploy (2 files read, 2 without any)",
    );
  });
});

describe("markdown", () => {
  test("fits into a comment, and says how much does not", () => {
    const report = largeReport(5000);
    const output = text(markdownReport(report, en));
    expect(output.length).toBeLessThanOrEqual(65_536);
    const shown = output.split("\n").filter((line) => line.startsWith("| `Deployment ")).length;
    const rest = Number(/^(\d+) more rows do not fit/m.exec(output)?.[1]);
    expect(shown + rest).toBe(report.findings.length);
    expect(output).toContain("| 1500 | 1500 | 1000 | 1000 |");
  });

  test("nothing a manifest wrote is markup, mention or reference: it stands in code spans", () => {
    const outside = text(markdownReport(hostileReport(), en)).replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, "");
    for (const part of ["@everyone", "HYPERLINK", "alert(1)", "example.com", "::error"])
      expect(outside).not.toContain(part);
  });
});
