// `-o ndjson`: one line each for the head, every finding, every manual check and every gap; `type` tells them apart.

import type { Catalogue } from "./catalogue.ts";
import { findingJson, gapJson } from "./finding-json.ts";
import { reportHead } from "./json.ts";
import type { Report } from "./report.ts";

export function* ndjsonReport(report: Report, catalogue: Catalogue): Generator<string> {
  yield `${JSON.stringify({ type: "report", ...reportHead(report) })}\n`;
  for (const finding of report.findings)
    yield `${JSON.stringify({ type: "finding", ...findingJson(finding, "fail", catalogue) })}\n`;
  for (const finding of report.run.manual)
    yield `${JSON.stringify({ type: "manual", ...findingJson(finding, "manual", catalogue) })}\n`;
  for (const gap of report.run.gaps) yield `${JSON.stringify({ type: "incomplete", ...gapJson(gap, catalogue) })}\n`;
}
