// Which rules are asked, by layer, id, framework and severity; and under which names a rule is known.

import { LAYERS, type Rule } from "../verdicts/rule.ts";
import { SEVERITIES } from "../verdicts/severity.ts";
import { askedFrameworks, frameworkNames, rulesFor } from "./frameworks/frameworks.ts";

export interface RuleSelection {
  readonly layers: readonly string[];
  readonly rules: readonly string[];
  readonly frameworks: readonly string[];
  readonly severities: readonly string[];
}

export type SelectedRules =
  | { readonly ok: true; readonly rules: readonly Rule[] }
  | {
      readonly ok: false;
      readonly option: "layer" | "rule" | "framework" | "severity";
      readonly value: string;
      readonly candidates: readonly string[];
    };

/** Every name a rule answers to: its id, the id without its layer, aliases, and other tools' ids. */
export function namesOf(rule: Rule): readonly string[] {
  const short = rule.id.slice(rule.id.indexOf("/") + 1);
  return [rule.id, short, ...(rule.aliases ?? []), ...Object.values(rule.knownAs ?? {}).flat()];
}

/** Applies a selection; the first value that names nothing is returned with what it could have been. Empty lists select all. */
export function selectRules(all: readonly Rule[], selection: RuleSelection): SelectedRules {
  const known = {
    layer: new Set<string>(LAYERS),
    rule: new Set(all.flatMap(namesOf).map((name) => name.toLowerCase())),
    framework: new Set(frameworkNames()),
    severity: new Set<string>(SEVERITIES),
  };
  const asked = {
    layer: selection.layers,
    rule: selection.rules,
    framework: selection.frameworks,
    severity: selection.severities,
  };
  for (const option of ["layer", "rule", "framework", "severity"] as const) {
    const unknown = asked[option].find((value) => !known[option].has(option === "rule" ? value.toLowerCase() : value));
    if (unknown !== undefined) {
      const candidates = option === "rule" ? all.map((rule) => rule.id) : [...known[option]];
      return { ok: false, option, value: unknown, candidates };
    }
  }
  const wanted = selection.rules.map((name) => name.toLowerCase());
  const inFrameworks = new Set(
    askedFrameworks(selection.frameworks).flatMap(({ framework, requirements }) =>
      requirements.flatMap((requirement) => rulesFor(framework, requirement, all)),
    ),
  );
  return {
    ok: true,
    rules: all.filter(
      (rule) =>
        isAny(selection.layers, (layer) => rule.id.startsWith(`${layer}/`)) &&
        isAny(wanted, (name) => namesOf(rule).some((own) => own.toLowerCase() === name)) &&
        isAny(selection.frameworks, () => inFrameworks.has(rule)) &&
        isAny(selection.severities, (severity) => rule.severity === severity),
    ),
  };
}

function isAny(values: readonly string[], matches: (value: string) => boolean): boolean {
  return values.length === 0 || values.some(matches);
}
