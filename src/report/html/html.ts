// `-o html`: one file that needs nothing else. Its policy admits exactly the script and the style it carries and no
// connection; data stands in blocks no parser runs, and reaches the page as text only.

import { SEVERITIES } from "../../verdicts/severity.ts";
import type { Catalogue } from "../catalogue.ts";
import { closingText } from "../closing-text.ts";
import { jsonText } from "../json-text.ts";
import { countBySeverity, reportedOf, type Report } from "../report.ts";
import { xmlText } from "../xml-text.ts";
import { findingRows, gapLines, metaData, noteLines, summaryText } from "./data.ts";
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from "./page.generated.ts";

/** Rows a block: the browser parses blocks one by one, and no string grows with the report. */
const BLOCK = 250;

const POLICY = [
  "default-src 'none'",
  `script-src '${SCRIPT_HASH}'`,
  `style-src '${STYLE_HASH}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const RINGS =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">' +
  '<circle cx="12" cy="12" r="2.5"/><path d="M12 5.5a6.5 6.5 0 1 1-6.2 4.5"/><path d="M12 1.8A10.2 10.2 0 1 1 2.6 8"/></svg>';

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%230b57b0' " +
  "stroke-width='2.4'%3E%3Ccircle cx='12' cy='12' r='2.5'/%3E%3Cpath d='M12 5.5a6.5 6.5 0 1 1-6.2 4.5'/%3E%3Cpath " +
  "d='M12 1.8A10.2 10.2 0 1 1 2.6 8'/%3E%3C/svg%3E";

export function* htmlReport(report: Report, catalogue: Catalogue): Generator<string> {
  const rules = [...new Set([...report.rules, ...[...reportedOf(report)].map(({ finding }) => finding.rule)])];
  yield head(report, catalogue);
  yield body(report, catalogue);
  const { rows, files, resources } = findingRows(report, rules);
  yield* blocks("findings", rows);
  yield* blocks("files", files());
  yield* blocks("resources", resources());
  yield* blocks("gaps", gapLines(report));
  yield* blocks("notes", noteLines(report));
  yield block('id="meta"', metaData(report, rules, catalogue.language));
  yield `<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}

function head(report: Report, catalogue: Catalogue): string {
  const title = catalogue.say("html.title", { targets: report.target.names.join(", ") });
  return [
    "<!doctype html>",
    `<html lang="${catalogue.language}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<meta name="generator" content="Ringwall ${xmlText(report.version)}">`,
    `<title>${xmlText(title)}</title>`,
    `<link rel="icon" href="${ICON}">`,
    `<style>${STYLE}</style>`,
    "</head>\n",
  ].join("\n");
}

/** What is there before the script, and all there is where scripts are not run: the numbers and the verdict. */
function body(report: Report, catalogue: Catalogue): string {
  const count = countBySeverity(report.findings);
  const numbers = [
    ...SEVERITIES.map((severity) => [catalogue.say(`severity.${severity}`), count[severity]]),
    [catalogue.say("verdict.manual"), report.run.manual.length],
    [catalogue.say("verdict.excepted"), report.run.excepted.length],
    [catalogue.say("verdict.not-evaluated"), report.run.gaps.length],
  ];
  return [
    "<body>",
    `<a class="skip" href="#findings">${catalogue.say("html.skip")}</a>`,
    `<header>${RINGS}<span class="brand">Ringwall</span><div id="controls"></div></header>`,
    '<main id="report">',
    `<h1>${xmlText(report.target.names.join(", "))}</h1>`,
    `<p class="facts">${xmlText(summaryText(report, catalogue))}</p>`,
    `<p class="closing">${xmlText(closingText(report, catalogue))}</p>`,
    `<ul>${numbers.map(([label, number]) => `<li>${number} ${label}</li>`).join("")}</ul>`,
    `<noscript><p>${catalogue.say("html.noscript")}</p></noscript>`,
    "</main>\n",
  ].join("\n");
}

function* blocks(name: string, values: Iterable<unknown>): Generator<string> {
  let batch: unknown[] = [];
  for (const value of values) {
    batch.push(value);
    if (batch.length < BLOCK) continue;
    yield block(`class="${name}"`, batch);
    batch = [];
  }
  if (batch.length > 0) yield block(`class="${name}"`, batch);
}

/** Without any `<`, nothing in the data can end the block or open another. */
function block(attribute: string, value: object): string {
  return `<script type="application/json" ${attribute}>${jsonText(value).replaceAll("<", "\\u003c")}</script>\n`;
}
