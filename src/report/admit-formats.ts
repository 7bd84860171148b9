// How `workloads admit` is printed: text for people, json and ndjson for programs.

import type { Admission } from "../layers/workloads/admit.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Catalogue } from "./catalogue.ts";
import { placeText } from "./evidence-text.ts";
import { gapJson } from "./finding-json.ts";
import { gapText } from "./gap-text.ts";
import { jsonElements, jsonText } from "./json-text.ts";
import { printable } from "./printable.ts";
import { displayWidth, padEnd } from "./text/display-width.ts";
import type { TextOptions } from "./text/text.ts";
import { wrap } from "./text/wrap.ts";

export interface AdmitRequest {
  readonly level: string;
  readonly version: string;
  readonly admissions: readonly Admission[];
  readonly gaps: readonly Gap[];
}

type Render = (request: AdmitRequest, catalogue: Catalogue, text: TextOptions) => Iterable<string>;

/** One admission as commands.md shapes it. */
function admissionJson({ resource, isPod, verdict, reason, detail, violations }: Admission): object {
  if (verdict === "not-applicable") return { resource, verdict };
  if (verdict === "not-evaluated") return { resource, verdict, reason };
  const allowed = verdict === "allowed";
  return { resource, verdict, allowed, objectAllowed: allowed || !isPod, reason, detail, violations };
}

function* admitNdjson({ admissions }: AdmitRequest): Generator<string> {
  for (const admission of admissions) yield `${jsonText(admissionJson(admission))}\n`;
}

function* admitJson({ level, version, admissions, gaps }: AdmitRequest, catalogue: Catalogue): Generator<string> {
  yield `${jsonText({ schema: "ringwall.admit/v1", level, version }).slice(0, -1)},\n"results":[`;
  yield* jsonElements(admissions, admissionJson);
  yield `],\n"incomplete":${jsonText(gaps.map((gap) => gapJson(gap, catalogue)))}}\n`;
}

function* admitText(
  { level, version, admissions, gaps }: AdmitRequest,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const judged = admissions.filter(({ verdict }) => verdict === "allowed" || verdict === "denied");
  if (judged.length === 0) yield `${catalogue.say("admit.none")}\n`;
  for (const [namespace, group] of groupByNamespace(judged)) {
    const denied = group.filter(({ verdict }) => verdict === "denied");
    const counts = { denied: denied.length, total: group.length, level, version };
    yield `${style.bold(printable(namespace))}  ${catalogue.say(denied.length === 0 ? "admit.all" : "admit.header", counts)}\n`;
    const widest = Math.max(0, ...denied.map(({ resource }) => displayWidth(resource.name ?? "")));
    const widestKind = Math.max(0, ...denied.map(({ resource }) => displayWidth(resource.kind ?? "")));
    for (const { resource, isPod, violations } of denied) {
      const head = `  ${padEnd(printable(resource.name ?? ""), widest)}  ${padEnd(resource.kind ?? "", widestKind)}  `;
      const note = isPod ? [] : [catalogue.say("admit.later", { kind: resource.kind ?? "" })];
      const reasons = violations.map(({ reason, detail }) => (detail === "" ? reason : `${reason} (${detail})`));
      const lines = [...reasons.map(printable), ...note].flatMap((line) =>
        wrap(line, Math.max(40, width - displayWidth(head))),
      );
      yield lines.map((line, index) => `${index === 0 ? head : " ".repeat(displayWidth(head))}${line}\n`).join("");
    }
  }
  const unjudged = admissions.filter(({ verdict }) => verdict === "not-evaluated");
  if (unjudged.length + gaps.length === 0) return;
  yield `\n${style.bold(catalogue.say("report.not-evaluated"))}  ${unjudged.length + gaps.length}\n`;
  for (const { resource, reason } of unjudged)
    yield `  ${resource.kind ?? ""} ${printable(resource.name ?? "")}  ${printable(reason)}\n`;
  for (const gap of gaps) {
    const place = gap.position === undefined ? printable(gap.what) : placeText(gap.position);
    yield `  ${place}  ${printable(gapText(gap, catalogue))}\n`;
  }
}

function groupByNamespace(admissions: readonly Admission[]): ReadonlyMap<string, readonly Admission[]> {
  return Map.groupBy(admissions, ({ resource }) => resource.namespace ?? "");
}

export const ADMIT_FORMATS: Readonly<Record<string, Render>> = {
  text: admitText,
  json: admitJson,
  ndjson: admitNdjson,
};
