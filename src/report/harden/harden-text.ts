// `workloads harden` for people: the labels in a safe order, the changes, and what has to be answered.

import type { HardenedNamespace } from "../../layers/workloads/harden/harden-namespace.ts";
import type { HardenedWorkload } from "../../layers/workloads/harden/harden-workload.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText } from "../evidence-text.ts";
import { gapText } from "../gap-text.ts";
import { violationText } from "../admit/entry-notes.ts";
import { printable } from "../printable.ts";
import { displayWidth } from "../text/display-width.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { labelsText, namedPath, policyName, questionText, workloadsIn, type HardenReport } from "./harden-report.ts";

const NARROWEST = 40;

export function* hardenText(report: HardenReport, catalogue: Catalogue, text: TextOptions): Generator<string> {
  const { namespaces, gaps } = report;
  if (namespaces.length === 0) yield `${catalogue.say("harden.nothing")}\n`;
  for (const namespace of namespaces) yield* namespaceText(namespace, report, catalogue, text);
  if (gaps.length > 0) {
    yield `${text.style.bold(catalogue.say("report.not-evaluated"))}  ${gaps.length}\n`;
    for (const gap of gaps) {
      const place = gap.position === undefined ? printable(gap.what) : placeText(gap.position);
      yield `  ${place}  ${printable(gapText(gap, catalogue))}\n`;
    }
    yield "\n";
  }
  const count = (state: HardenedWorkload["state"]): number => workloadsIn(namespaces, state).length;
  const undecided = count("undecided") + count("made");
  yield `${catalogue.say("harden.summary", { hardened: count("hardened"), undecided, admitted: count("admitted") })}\n`;
}

function* namespaceText(
  namespace: HardenedNamespace,
  report: HardenReport,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const level = policyName(report);
  yield `${style.bold(printable(catalogue.say("harden.title", { namespace: namespace.namespace, level })))}\n`;
  if (namespace.known === undefined) yield* hanging("  ", [catalogue.say("harden.unknown-namespace")], width);
  for (const line of stepsOf(namespace, report, catalogue)) yield* hanging("  ", [printable(line)], width);
  for (const state of ["hardened", "undecided", "made"] as const) {
    const workloads = namespace.workloads.filter((one) => one.state === state);
    if (workloads.length === 0) continue;
    const title = catalogue.say(`harden.${state}`);
    yield `  ${state === "hardened" ? style.green(title) : style.yellow(title)}  ${workloads.length}\n`;
    if (state === "hardened") yield* hanging("  ", [catalogue.say("harden.hardened-why", { level })], width);
    for (const workload of workloads) yield* workloadText(workload, catalogue, width);
  }
  const admitted = namespace.workloads.filter(({ state }) => state === "admitted").length;
  if (admitted > 0) yield `  ${catalogue.say("harden.admitted", { count: admitted })}\n`;
  yield "\n";
}

/** What to do to the namespace, in this order. */
export function stepsOf(
  { now, afterPatches, workloads }: HardenedNamespace,
  report: HardenReport,
  catalogue: Catalogue,
): readonly string[] {
  const level = policyName(report);
  const steps: string[] = [];
  const next = (): number => steps.length + 1;
  if (Object.keys(now).length > 0) {
    const why = catalogue.say("harden.step-now-why");
    steps.push(`${catalogue.say("harden.step-now", { step: next(), labels: labelsText(now) })}  (${why})`);
  }
  const hardened = workloads.filter(({ state }) => state === "hardened").length;
  if (hardened > 0) steps.push(catalogue.say("harden.step-patch", { step: next(), count: hardened }));
  if (Object.keys(afterPatches).length > 0)
    steps.push(catalogue.say("harden.step-later", { step: next(), labels: labelsText(afterPatches) }));
  const open = workloads.filter(({ state }) => state === "undecided" || state === "made").length;
  if (open > 0) steps.push(catalogue.say("harden.step-questions", { step: next(), level, count: open }));
  return steps.length === 0 ? [catalogue.say("harden.done", { level })] : steps;
}

function* workloadText(workload: HardenedWorkload, catalogue: Catalogue, width: number): Generator<string> {
  const { carrier } = workload;
  const { kind, name } = carrier.id;
  yield `    ${printable(name)}  ${printable(kind)}  ${placeText(carrier.position)}`.trimEnd();
  yield "\n";
  for (const line of workloadLines(workload, catalogue)) yield* hanging("      ", [printable(line)], width);
}

/** What is set, what is refused and asked, and what to check before it is rolled out. */
export function workloadLines(workload: HardenedWorkload, catalogue: Catalogue): readonly string[] {
  const { carrier, object, state, edits, questions, cautions, isImmutable, after } = workload;
  if (state === "made") {
    const { kind, name } = carrier.owner ?? {};
    return [catalogue.say("harden.made-why", { kind: kind ?? "", name: name ?? "" })];
  }
  if (state === "undecided") {
    return [
      ...after.map((violation) => catalogue.say("harden.refused", { text: violationText(violation) })),
      ...questions.map((question) => catalogue.say("harden.ask", { text: questionText(question, catalogue) })),
    ];
  }
  const set = edits.map(({ path, value }) =>
    catalogue.say("harden.set", { path: namedPath(object, path), value: JSON.stringify(value) }),
  );
  const checks = cautions.map((caution) => {
    const { code, container, image, what } = caution;
    return catalogue.say("harden.check", { text: catalogue.say(`harden.caution.${code}`, { container, image, what }) });
  });
  return [...set, ...(isImmutable ? [catalogue.say("harden.immutable")] : []), ...new Set(checks)];
}

function* hanging(head: string, lines: readonly string[], width: number): Generator<string> {
  const columns = displayWidth(head);
  for (const line of lines)
    for (const [index, part] of wrap(line, Math.max(NARROWEST, width - columns - 2)).entries())
      yield `${head}${index === 0 ? "" : "  "}${part}\n`;
}
