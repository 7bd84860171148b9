// The cases of the admission corpus whose control a rule covers, and what the rules say of each object.

import { createRun } from "../../src/controls/run.ts";
import { RULES } from "../../src/controls/registry.generated.ts";
import { NEWEST_KNOWN_MINOR } from "../../src/kubernetes/kubernetes-version.ts";
import type { Rule } from "../../src/verdicts/rule.ts";
import { readOracleLines } from "./oracle.ts";

export const CASES = "admission/cases.ndjson.gz";

interface AdmissionCase {
  readonly control: string;
  readonly index: number;
  readonly name: string;
  readonly expected: "pass" | "fail" | "warn";
  readonly object: unknown;
}

export interface ComparedCase {
  /** `C-0057/3`: control and index within it. */
  readonly id: string;
  readonly control: string;
  readonly name: string;
  readonly object: unknown;
  /** What the policy says of the object; its `warn` is an expression that fails, too. */
  readonly theirs: "pass" | "fail";
  readonly ours: "pass" | "fail";
}

/** The rules, of those given or of all, that find something in one object. */
export function rulesThatFind(object: unknown, rules: readonly Rule[] = RULES): readonly string[] {
  const run = createRun({ rules, minor: NEWEST_KNOWN_MINOR, defaultNamespace: "default", isInScope: () => true });
  run.add(object, () => undefined, { kind: "file", file: "case.json" });
  return [...new Set(run.finish().findings.map(({ rule }) => rule.id))].sort();
}

export function* comparedCases(): Generator<ComparedCase> {
  for (const { control, index, name, expected, object } of readOracleLines<AdmissionCase>(CASES)) {
    const rules = RULES.filter(({ knownAs }) => knownAs?.kubescape?.includes(control));
    if (rules.length === 0) continue;
    const ours = rulesThatFind(object, rules).length > 0 ? "fail" : "pass";
    yield { id: `${control}/${index}`, control, name, object, theirs: expected === "pass" ? "pass" : "fail", ours };
  }
}
