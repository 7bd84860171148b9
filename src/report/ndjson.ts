// `-o ndjson`: one line each for the head, every finding, manual check, exception, gap and note; `type` tells them
// apart (schemas/report-line.v1.json).

import type { Catalogue } from "./catalogue.ts";
import { earlierJson } from "./comparison-text.ts";
import { findingJson, gapJson, noteJson } from "./finding-json.ts";
import { jsonText } from "./json-text.ts";
import { reportHead } from "./json.ts";
import { notesOf } from "./note-text.ts";
import { reportedOf, type Report } from "./report.ts";

export function* ndjsonReport(report: Report, catalogue: Catalogue): Generator<string> {
  yield line("report", reportHead(report));
  for (const reported of reportedOf(report))
    yield line(reported.status === "fail" ? "finding" : reported.status, findingJson(reported, catalogue));
  for (const earlier of report.comparison?.gone ?? []) yield line("gone", earlierJson(earlier));
  for (const gap of report.run.gaps) yield line("incomplete", gapJson(gap, catalogue));
  for (const note of notesOf(report, catalogue)) yield line("note", noteJson(note));
}

function line(type: string, value: object): string {
  return `${jsonText({ type, ...value })}\n`;
}
