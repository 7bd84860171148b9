// The data of an HTML report as its page reads it (browser/data.js): names once, findings as short rows, everything a
// manifest wrote already harmless to show.

import { formatPath } from "../../kubernetes/path.ts";
import { sumTallies } from "../../controls/tally.ts";
import type { ResourceId } from "../../cluster/resource-id.ts";
import type { Position } from "../../cluster/resource.ts";
import { fingerprintOf, type LocatedEvidence } from "../../verdicts/finding.ts";
import { LANGUAGES, type Language, type Rule } from "../../verdicts/rule.ts";
import { catalogueOf, type Catalogue } from "../catalogue.ts";
import type { MessageId } from "../catalogues/en.ts";
import { closingText } from "../closing-text.ts";
import { flowText, placeText, shorten } from "../evidence-text.ts";
import { exceptionText } from "../exception-text.ts";
import { gapText } from "../gap-text.ts";
import { notesOf } from "../note-text.ts";
import { printable } from "../printable.ts";
import { layerOf, reportedOf, type Report, type Reported } from "../report.ts";

/** What the page says besides the rules' texts. */
const WORDS: readonly MessageId[] = [
  "html.any",
  "html.cluster-scoped",
  "html.filters",
  "html.findings",
  "html.frameworks",
  "html.language",
  "html.layer",
  "html.more",
  "html.namespace",
  "html.notes",
  "html.nothing-matches",
  "html.passed",
  "html.places",
  "html.reset",
  "html.rule",
  "html.search",
  "html.search-hint",
  "html.severity",
  "html.shown",
  "html.status",
  "html.theme",
  "html.theme-auto",
  "html.theme-dark",
  "html.theme-light",
  "html.title",
  "html.unprinted",
  "report.fix",
  "report.no-findings",
  "report.not-applicable",
  "report.redacted",
  "report.unset",
  "report.unset-default",
  "severity.critical",
  "severity.high",
  "severity.low",
  "severity.medium",
  "verdict.excepted",
  "verdict.known",
  "verdict.fail",
  "verdict.manual",
  "verdict.not-evaluated",
];

const LONGEST_VALUE = 2000;
const STATUSES = ["fail", "manual", "excepted", "known"];

type InLanguages<T> = Readonly<Record<Language, T>>;

function inLanguages<T>(word: (catalogue: Catalogue) => T): InLanguages<T> {
  return { en: word(catalogueOf("en")), "zh-CN": word(catalogueOf("zh-CN")) };
}

/** Everything but the lists. */
export function metaData(report: Report, rules: readonly Rule[], language: Language): object {
  return {
    language,
    // Asked without arguments, a catalogue gives the template itself.
    strings: inLanguages((catalogue) => Object.fromEntries(WORDS.map((id) => [id, catalogue.say(id)]))),
    summary: inLanguages((catalogue) => summaryText(report, catalogue)),
    closing: inLanguages((catalogue) => closingText(report, catalogue)),
    targets: report.target.names.map(printable),
    layers: layersOf(report),
    rules: rules.map((rule) => ({
      id: rule.id,
      severity: rule.severity,
      layer: layerOf(rule),
      frameworks: rule.frameworks,
      text: Object.fromEntries(LANGUAGES.map((one) => [one, rule.text[one]])),
    })),
  };
}

export function summaryText({ run, rules, target, version }: Report, catalogue: Catalogue): string {
  const summary = catalogue.say("report.summary", {
    objects: run.objects,
    workloads: run.workloads,
    namespaces: run.namespaces.length,
    rules: rules.length,
    kubernetes: target.kubernetes.replace(/^v/, ""),
  });
  return `${summary} · Ringwall ${version}`;
}

function layersOf({ rules, run }: Report): readonly object[] {
  return [...new Set(rules.map(layerOf))].sort().map((name) => {
    const { pass, fail, excepted } = sumTallies(
      [...run.tallies].filter(([rule]) => layerOf(rule) === name).map(([, tally]) => tally),
    );
    return { name, pass, judged: pass + fail + excepted };
  });
}

/** Rows of findings, and the names they point to: read these after the last row. */
export interface FindingRows {
  readonly rows: Iterable<readonly unknown[]>;
  readonly files: () => Iterable<string>;
  readonly resources: () => Iterable<unknown>;
}

export function findingRows(report: Report, rules: readonly Rule[]): FindingRows {
  const files = createIndex();
  const resources = createIndex();
  const ruleIndexes = new Map(rules.map((rule, index) => [rule, index]));
  const resourceIndex = ({ kind, namespace, name }: ResourceId): number =>
    resources.add(JSON.stringify([kind, namespace, name].map(printable)));
  const evidenceRow = (evidence: LocatedEvidence): readonly unknown[] => {
    const { path, position, resource } = evidence;
    const place = position === undefined ? [-1, 0, 0] : [files.add(fileName(position)), position.line, position.column];
    return [
      printable(formatPath(path)),
      ...valueOf(evidence),
      ...place,
      resource === undefined ? -1 : resourceIndex(resource),
    ];
  };
  const row = (reported: Reported): readonly unknown[] => {
    const { status, finding } = reported;
    return [
      STATUSES.indexOf(status),
      ruleIndexes.get(finding.rule) ?? -1,
      resourceIndex(finding.resource),
      fingerprintOf(finding),
      shownArguments(finding.arguments),
      finding.evidence.map(evidenceRow),
      ...(status === "excepted"
        ? [inLanguages((catalogue) => printable(exceptionText(reported.finding.exception, catalogue)))]
        : []),
    ];
  };
  return {
    rows: mapped(reportedOf(report), row),
    files: files.values,
    resources: () => mapped(resources.values(), (text) => JSON.parse(text) as unknown),
  };
}

function fileName({ file }: Position): string {
  return file === "-" ? "stdin" : printable(file);
}

/** 0 and the value, 1 and the API's default (empty where there is none), or 2 for what is not shown. */
function valueOf(evidence: LocatedEvidence): readonly [0 | 1 | 2, string] {
  if (evidence.redacted === true) return [2, ""];
  const value = evidence.absent === true ? evidence.default : (evidence.value ?? null);
  const text = value === undefined ? "" : shorten(printable(flowText(value)), LONGEST_VALUE);
  return [evidence.absent === true ? 1 : 0, text];
}

function shownArguments(values: Reported["finding"]["arguments"]): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? printable(value) : value]),
  );
}

/** Gaps as the page lists them. */
export function gapLines({ run }: Report): Iterable<object> {
  return mapped(run.gaps, (gap) => ({
    what: printable(gap.what),
    text: inLanguages((catalogue) => printable(gapText(gap, catalogue))),
    place: placeText(gap.position),
  }));
}

export function noteLines(report: Report): Iterable<object> {
  const chinese = [...notesOf(report, catalogueOf("zh-CN"))];
  let index = 0;
  return mapped(notesOf(report, catalogueOf("en")), ({ message, position }) => ({
    what: "",
    text: { en: printable(message), "zh-CN": printable(chinese[index++]?.message ?? message) },
    place: placeText(position),
  }));
}

function* mapped<T, U>(values: Iterable<T>, shape: (value: T) => U): Generator<U> {
  for (const value of values) yield shape(value);
}

interface Index {
  readonly add: (text: string) => number;
  readonly values: () => Iterable<string>;
}

function createIndex(): Index {
  const indexes = new Map<string, number>();
  return {
    add: (text) => {
      const known = indexes.get(text);
      if (known !== undefined) return known;
      indexes.set(text, indexes.size);
      return indexes.size - 1;
    },
    values: () => indexes.keys(),
  };
}
