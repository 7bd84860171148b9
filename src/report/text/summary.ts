// The head of the text report: what was looked at, and one line a layer with how much of it passed.

import { sumTallies } from "../../controls/tally.ts";
import type { Layer } from "../../verdicts/rule.ts";
import { SEVERITIES, type Severity } from "../../verdicts/severity.ts";
import type { Catalogue } from "../catalogue.ts";
import { targetText } from "../live-text.ts";
import type { Cause } from "../cause.ts";
import { layerOf, type Report } from "../report.ts";
import type { BlockOptions } from "./cause-block.ts";
import { displayWidth, padEnd, padStart } from "./display-width.ts";
import { wrap } from "./wrap.ts";

const WIDEST_BAR = 18;
const NARROWEST_BAR = 6;
const WIDEST_GAP = 3;

/** One line, or two broken between facts. */
export function headerLines(report: Report, catalogue: Catalogue, width: number): readonly string[] {
  const { version, run, target, elapsedMilliseconds } = report;
  const line = catalogue.say("report.header", {
    version,
    objects: run.objects,
    workloads: run.workloads,
    namespaces: run.namespaces.length,
    kubernetes: target.kubernetes.replace(/^v/, ""),
    seconds: (elapsedMilliseconds / 1000).toFixed(1),
  });
  const where = targetText(target, catalogue);
  const below = where === "" ? [] : wrap(where, width - 2).map((part) => `  ${part}`);
  if (displayWidth(line) <= width) return [line, ...below];
  const facts = line.split(" · ");
  const first = facts.slice(0, -2).join(" · ");
  return [...wrap(first, width), `  ${facts.slice(-2).join(" · ")}`, ...below];
}

interface LayerState {
  readonly layer: Layer;
  readonly pass: number;
  readonly judged: number;
  readonly kinds: readonly string[];
  /** One text a severity, empty where there is none. */
  readonly counts: readonly string[];
}

/** One line for each layer that has rules; counts of the same severity stand under each other. */
export function layerLines(report: Report, causes: readonly Cause[], options: BlockOptions): readonly string[] {
  const { catalogue } = options;
  const layers = [...new Set(report.rules.map(layerOf))].sort();
  const states = layers.map((layer) => stateOf(layer, report, causes, catalogue));
  const widest = Math.max(0, ...layers.map((layer) => layer.length));
  const widths = SEVERITIES.map((_, index) =>
    Math.max(0, ...states.map(({ counts }) => displayWidth(counts[index] ?? ""))),
  );
  const { bar, gap } = spacing(options.width - widest - 4 - "100 %".length, widths);
  return states.map((state) => {
    const name = `  ${padEnd(state.layer, widest + 2)}`;
    if (state.judged === 0) return `${name}${notApplicable(state, catalogue, bar)}`;
    const { pass, judged, counts } = state;
    const filled = Math.round((pass / judged) * bar);
    // Rounded down: 100 % is only ever all of it.
    const percent = pass === judged ? 100 : Math.min(99, Math.floor((pass / judged) * 100));
    const cells = SEVERITIES.flatMap((severity, index) => {
      const columns = widths[index] ?? 0;
      const text = padStart(counts[index] ?? "", columns);
      if (columns === 0) return [];
      return severity === "critical" || severity === "high" ? [options.style.red(text)] : [text];
    });
    const share = `${"█".repeat(filled)}${"░".repeat(bar - filled)}${bar > 0 ? "  " : ""}${padStart(String(percent), 3)} %`;
    return [`${name}${share}`, ...cells].join(" ".repeat(gap)).trimEnd();
  });
}

/** The bar takes what the counts leave; where that is too little there is none, and the counts move together. */
function spacing(left: number, counts: readonly number[]): { readonly bar: number; readonly gap: number } {
  const columns = counts.filter((width) => width > 0);
  const wide = left - 2 - columns.reduce((sum, width) => sum + width + WIDEST_GAP, 0);
  return wide < NARROWEST_BAR ? { bar: 0, gap: 2 } : { bar: Math.min(WIDEST_BAR, wide), gap: WIDEST_GAP };
}

/** How many findings of each severity the causes have. */
export function countCauses(causes: readonly Cause[]): Readonly<Record<Severity, number>> {
  const count = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { rule, findings } of causes) count[rule.severity] += findings.length;
  return count;
}

function stateOf(layer: Layer, report: Report, causes: readonly Cause[], catalogue: Catalogue): LayerState {
  const rules = report.rules.filter((rule) => layerOf(rule) === layer);
  const tally = sumTallies([...report.run.tallies].filter(([rule]) => layerOf(rule) === layer).map(([, one]) => one));
  const count = countCauses(causes.filter(({ rule }) => layerOf(rule) === layer));
  return {
    layer,
    pass: tally.pass,
    judged: tally.pass + tally.fail + tally.excepted,
    kinds: [...new Set(rules.flatMap((rule) => rule.reads))],
    counts: SEVERITIES.map((severity) =>
      count[severity] === 0 ? "" : `${count[severity]} ${catalogue.say(`severity.${severity}`)}`,
    ),
  };
}

/** The words stand where other lines have the bar and the share. */
function notApplicable({ kinds }: LayerState, catalogue: Catalogue, bar: number): string {
  const word = padEnd(catalogue.say("report.not-applicable"), (bar > 0 ? bar + 2 : 0) + "100 %".length + 2);
  return `${word}${catalogue.say("report.no-kind", { kinds: kinds.slice(0, 4).join(", ") })}`;
}
