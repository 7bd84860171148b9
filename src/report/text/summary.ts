// The head of the text report: what was looked at, and one line a layer with how much of it passed.

import { sumTallies, type Tally } from "../../controls/tally.ts";
import type { Layer } from "../../verdicts/rule.ts";
import { SEVERITIES } from "../../verdicts/severity.ts";
import type { Catalogue } from "../catalogue.ts";
import { countBySeverity, type Report } from "../report.ts";
import { padEnd, padStart } from "./display-width.ts";
import type { Style } from "./style.ts";

const BAR_WIDTH = 18;

export function headerLine({ version, run, target, elapsedMilliseconds }: Report, catalogue: Catalogue): string {
  return catalogue.say("report.header", {
    version,
    objects: run.objects,
    workloads: run.workloads,
    namespaces: run.namespaces.length,
    kubernetes: target.kubernetes.replace(/^v/, ""),
    seconds: (elapsedMilliseconds / 1000).toFixed(1),
  });
}

/** One line for each layer that has rules. */
export function layerLines(report: Report, catalogue: Catalogue, style: Style): readonly string[] {
  const layers = [...new Set(report.rules.map((rule) => layerOf(rule.id)))].sort();
  const widest = Math.max(0, ...layers.map((layer) => layer.length));
  return layers.map((layer) => {
    const tally = sumTallies(
      [...report.run.tallies].filter(([rule]) => layerOf(rule.id) === layer).map(([, one]) => one),
    );
    return `  ${padEnd(layer, widest + 2)}${layerState(layer, tally, report, catalogue, style)}`;
  });
}

function layerState(layer: Layer, tally: Tally, report: Report, catalogue: Catalogue, style: Style): string {
  const judged = tally.pass + tally.fail + tally.excepted;
  if (judged === 0) {
    const kinds = [...new Set(report.rules.filter((rule) => layerOf(rule.id) === layer).flatMap((rule) => rule.reads))];
    return `${catalogue.say("report.not-applicable")}       ${catalogue.say("report.no-kind", { kinds: kinds.slice(0, 4).join(", ") })}`;
  }
  const share = tally.pass / judged;
  const filled = Math.round(share * BAR_WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  const count = countBySeverity(report.findings.filter(({ rule }) => layerOf(rule.id) === layer));
  const counts = SEVERITIES.filter((severity) => count[severity] > 0).map((severity) => {
    const text = `${count[severity]} ${catalogue.say(`severity.${severity}`)}`;
    return severity === "critical" || severity === "high" ? style.red(text) : text;
  });
  // Rounded down: 100 % is only ever all of it.
  const percent = tally.pass === judged ? 100 : Math.min(99, Math.floor(share * 100));
  return `${bar}  ${padStart(String(percent), 3)} %    ${counts.join("   ")}`.trimEnd();
}

function layerOf(ruleId: string): Layer {
  return ruleId.slice(0, ruleId.indexOf("/")) as Layer; // rule ids are `layer/name` by type
}
