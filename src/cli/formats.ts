// Every format of `scan`, by its name on the command line.

import type { Catalogue } from "../report/catalogue.ts";
import { jsonReport } from "../report/json.ts";
import { ndjsonReport } from "../report/ndjson.ts";
import type { Report } from "../report/report.ts";
import { textReport, type TextOptions } from "../report/text/text.ts";

type Render = (report: Report, catalogue: Catalogue, text: TextOptions) => Iterable<string>;

export const FORMATS: Readonly<Record<string, Render>> = {
  text: textReport,
  json: jsonReport,
  ndjson: ndjsonReport,
};
