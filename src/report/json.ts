// `-o json`: one object, ringwall.report/v1 (schemas/report.v1.json). Written in chunks: findings may outgrow a string.

import { sumTallies } from "../controls/tally.ts";
import type { Catalogue } from "./catalogue.ts";
import { comparisonJson, earlierJson } from "./comparison-text.ts";
import { frameworkJson } from "./framework-json.ts";
import { findingJson, gapJson, noteJson } from "./finding-json.ts";
import { jsonElements, jsonText } from "./json-text.ts";
import { noteCount, notesOf } from "./note-text.ts";
import { countBySeverity, type Report } from "./report.ts";

/** The parts every machine format shares: tool, target, summary. */
export function reportHead(report: Report): object {
  const { run, findings, comparison } = report;
  return {
    schema: "ringwall.report/v1",
    tool: { name: "ringwall", version: report.version },
    target: report.target,
    summary: {
      objects: run.objects,
      resources: run.resources,
      rules: report.rules.length,
      verdicts: sumTallies(run.tallies.values()),
      findings: countBySeverity(findings),
      ...(comparison && { baseline: comparisonJson(comparison) }),
    },
  };
}

export function* jsonReport(report: Report, catalogue: Catalogue): Generator<string> {
  const { run, comparison } = report;
  yield jsonText(reportHead(report)).slice(0, -1);
  yield* jsonArray("findings", report.findings, (finding) => findingJson({ status: "fail", finding }, catalogue));
  if (comparison !== undefined) {
    yield* jsonArray("known", comparison.known, (finding) => findingJson({ status: "known", finding }, catalogue));
    yield* jsonArray("gone", comparison.gone, earlierJson);
  }
  yield* jsonArray("manual", run.manual, (finding) => findingJson({ status: "manual", finding }, catalogue));
  yield* jsonArray("excepted", report.run.excepted, (finding) =>
    findingJson({ status: "excepted", finding }, catalogue),
  );
  yield* jsonArray("incomplete", run.gaps, (gap) => gapJson(gap, catalogue));
  if (noteCount(report) > 0) yield* jsonArray("notes", notesOf(report, catalogue), noteJson);
  if (report.frameworks !== undefined)
    yield* jsonArray("frameworks", report.frameworks, (framework) => frameworkJson(framework, catalogue));
  yield "}\n";
}

function* jsonArray<T>(name: string, values: Iterable<T>, shape: (value: T) => object): Generator<string> {
  yield `,\n${JSON.stringify(name)}:[`;
  yield* jsonElements(values, shape);
  yield "]";
}
