// `-o sarif`: SARIF 2.1.0 (OASIS), one run, ready for code scanning. Written in chunks: results may outgrow a string.

import { fingerprintOf } from "../../verdicts/finding.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { Catalogue } from "../catalogue.ts";
import { exitCodeOf } from "../exit-code.ts";
import { reportHead } from "../json.ts";
import { jsonElements, jsonText } from "../json-text.ts";
import { notesOf, type WordedNote } from "../note-text.ts";
import { reportedOf, type Report } from "../report.ts";
import { CLUSTER_ROOT, SOURCE_ROOT } from "./artifact.ts";
import { notificationDescriptor, ruleDescriptor } from "./descriptor.ts";
import { gapNotification, noteNotification, resultOf } from "./result.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export function* sarifReport(report: Report, catalogue: Catalogue): Generator<string> {
  const codes = [...new Set(notificationsOf(report, catalogue).map(({ code }) => code))].sort();
  yield `{"$schema":${JSON.stringify(SCHEMA)},\n"version":"2.1.0",\n"runs":[{"tool":{"driver":`;
  yield jsonText(driverOf(report, codes, catalogue));
  yield `},\n"language":${JSON.stringify(catalogue.language)},\n"columnKind":"utf16CodeUnits",\n"originalUriBaseIds":`;
  yield jsonText(uriBasesOf(report));
  yield `,\n"invocations":[`;
  yield* invocation(report, codes, catalogue);
  yield `],\n"properties":${jsonText(reportHead(report))},\n"results":[`;
  yield* results(report, catalogue);
  yield "]}]}\n";
}

function driverOf(report: Report, codes: readonly string[], catalogue: Catalogue): object {
  return {
    name: "Ringwall",
    version: report.version,
    semanticVersion: report.version,
    language: catalogue.language,
    rules: rulesOf(report).map((rule) => ruleDescriptor(rule, catalogue)),
    ...(codes.length > 0 && { notifications: codes.map(notificationDescriptor) }),
  };
}

/** Every rule that was asked, and any that a finding names all the same. */
function rulesOf(report: Report): readonly Rule[] {
  const rules = new Set(report.rules);
  for (const { finding } of reportedOf(report)) rules.add(finding.rule);
  return [...rules];
}

function uriBasesOf({ target }: Report): object {
  return {
    [SOURCE_ROOT]: { description: { text: "The folder in which Ringwall was started." } },
    ...(target.kind !== "files" && {
      [CLUSTER_ROOT]: { description: { text: "Objects of a cluster: NAMESPACE/KIND/NAME, no files." } },
    }),
  };
}

/** Everything the run says of itself: gaps, then notes. */
function notificationsOf(report: Report, catalogue: Catalogue): readonly (Gap | WordedNote)[] {
  return [...report.run.gaps, ...notesOf(report, catalogue)];
}

function* invocation(report: Report, codes: readonly string[], catalogue: Catalogue): Generator<string> {
  yield jsonText({ executionSuccessful: true, exitCode: exitCodeOf(report) }).slice(0, -1);
  yield `,\n"toolExecutionNotifications":[`;
  yield* jsonElements(notificationsOf(report, catalogue), (item) =>
    "reason" in item
      ? gapNotification(item, codes.indexOf(item.code), catalogue)
      : noteNotification(item, codes.indexOf(item.code)),
  );
  yield "]}";
}

function results(report: Report, catalogue: Catalogue): Generator<string> {
  const indexes = new Map(rulesOf(report).map((rule, index) => [rule, index]));
  const occurrences = new Map<string, number>();
  return jsonElements(reportedOf(report), (reported) => {
    const { rule } = reported.finding;
    const fingerprint = fingerprintOf(reported.finding);
    const occurrence = (occurrences.get(fingerprint) ?? 0) + 1;
    occurrences.set(fingerprint, occurrence);
    const result = resultOf(reported, indexes.get(rule) ?? -1, occurrence, catalogue);
    if (report.comparison === undefined) return result;
    if (reported.status === "fail") return { ...result, baselineState: "new" };
    return reported.status === "known" ? { ...result, baselineState: "unchanged" } : result;
  });
}
