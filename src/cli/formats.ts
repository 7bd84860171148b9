// Every format of `scan`, by its name on the command line: one line a format. What a terminal or a pipe asks for is at
// hand; the others are loaded when they are asked for.

import type { Catalogue } from "../report/catalogue.ts";
import { jsonReport } from "../report/json.ts";
import { ndjsonReport } from "../report/ndjson.ts";
import type { Report } from "../report/report.ts";
import { textReport, type TextOptions } from "../report/text/text.ts";

/** Turns a report into chunks of text; only `text` follows the terminal. */
export type Render = (report: Report, catalogue: Catalogue, text: TextOptions) => Iterable<string>;

export const FORMATS: Readonly<Record<string, () => Render | Promise<Render>>> = {
  text: () => textReport,
  json: () => jsonReport,
  ndjson: () => ndjsonReport,
  sarif: async () => (await import("../report/sarif/sarif.ts")).sarifReport,
  junit: async () => (await import("../report/junit.ts")).junitReport,
  markdown: async () => (await import("../report/markdown.ts")).markdownReport,
  html: async () => (await import("../report/html/html.ts")).htmlReport,
  csv: async () => (await import("../report/csv.ts")).csvReport,
  github: async () => (await import("../report/github.ts")).githubReport,
};
