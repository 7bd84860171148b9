// Law: together, the rules over the Pod Security checks find something in exactly the pods that upstream's evaluator
// denies, and never say the same thing twice.

import { describe, expect, test } from "vitest";
import { readOracleLines, testWithOracle } from "../../../../test/oracles/oracle.ts";
import { RULES } from "../../../controls/registry.generated.ts";
import { NEWEST_KNOWN_MINOR } from "../../../kubernetes/kubernetes-version.ts";
import { formatPath } from "../../../kubernetes/path.ts";
import { podTemplate, type PodTemplate } from "../../../kubernetes/pod.ts";
import { narrow } from "../../../kubernetes/shape.ts";
import type { Failure } from "../../../verdicts/outcome.ts";
import { podSubjectsOf } from "../../../verdicts/pod-subjects.ts";
import type { PodRule, Rule } from "../../../verdicts/rule.ts";

const EVERY = 7; // of the recorded pods, in the default run

interface Range {
  readonly to: number;
  readonly allowed: boolean;
}
type Verdicts = Readonly<Record<"baseline" | "restricted", readonly Range[]>>;
interface Mutant extends Verdicts {
  readonly id: string;
  readonly pod: PodTemplate;
  readonly afterPodDefaults?: Verdicts;
}

type Level = "baseline" | "restricted";

function isOf(level: Level): (rule: Rule) => rule is PodRule {
  return (rule): rule is PodRule => rule.scope === "pod" && rule.frameworks.includes(`pod-security-standards/${level}`);
}

const BASELINE = RULES.filter(isOf("baseline"));
const RESTRICTED = RULES.filter(isOf("restricted"));

interface Found {
  readonly baseline: boolean;
  readonly restricted: boolean;
  /** Paths that two rules give as evidence. */
  readonly twice: readonly string[];
}

function failuresOf(rule: PodRule, pod: Parameters<PodRule["evaluate"]>[0]): readonly Failure[] {
  const outcomes = [...rule.evaluate(pod, { minor: NEWEST_KNOWN_MINOR })];
  return outcomes.filter((outcome): outcome is Failure => outcome.kind === "fail");
}

function findIn(template: PodTemplate): Found {
  const object = { apiVersion: "v1", kind: "Pod", ...template };
  const id = { group: "", apiVersion: "v1", kind: "Pod", namespace: "n", name: "p" };
  const provenance = { kind: "file", file: "mutant" } as const;
  const { pods } = podSubjectsOf({ id, object, provenance, locate: () => undefined }, NEWEST_KNOWN_MINOR);
  const seen = new Map<string, string>();
  const twice: string[] = [];
  const fails = (rules: readonly PodRule[]): boolean =>
    rules
      .map((rule) => {
        const failures = pods.flatMap((pod) => failuresOf(rule, pod));
        for (const { path } of failures.flatMap(({ evidence }) => evidence)) {
          const text = formatPath(path);
          const other = seen.get(text);
          if (other !== undefined) twice.push(`${text}: ${other}, ${rule.id}`);
          seen.set(text, rule.id);
        }
        return failures.length > 0;
      })
      .some(Boolean);
  return { baseline: fails(BASELINE), restricted: fails(RESTRICTED), twice };
}

/**
 * A pod may fail baseline and pass restricted: restricted lets windows pods pass where baseline does not, and of a volume
 * with several sources it sees the harmless one. The API server refuses such pods, so the rules need not tell them apart
 * from others: they report what either level refuses.
 */
function isDenied(verdicts: Verdicts, levels: readonly Level[]): boolean {
  return levels.some((level) => verdicts[level].at(-1)?.allowed === false);
}

const MUTANTS = "pod-security/mutants.dev.ndjson.gz";

testWithOracle(MUTANTS)("rules fail in exactly the recorded pods that upstream denies, each path once", () => {
  const wrong: string[] = [];
  let index = 0;
  let compared = 0;
  for (const { id, pod, afterPodDefaults, ...verdicts } of readOracleLines<Mutant>(MUTANTS)) {
    if (index++ % EVERY !== 0) continue;
    const narrowed = narrow(podTemplate, pod);
    if (!narrowed.ok) throw new Error(JSON.stringify(narrowed.problems));
    const expected = afterPodDefaults ?? verdicts;
    const { baseline, restricted, twice } = findIn(narrowed.value);
    if (baseline !== isDenied(expected, ["baseline"]))
      wrong.push(`${id}: baseline rules ${baseline ? "fail" : "pass"}`);
    const either = baseline || restricted;
    if (either !== isDenied(expected, ["baseline", "restricted"]))
      wrong.push(`${id}: rules ${either ? "fail" : "pass"}`);
    wrong.push(...twice.map((text) => `${id}: ${text}`));
    compared++;
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(compared).toBe(Math.ceil(21_335 / EVERY));
});

describe("the rules", () => {
  test("cover both levels", () => {
    expect([BASELINE.length, RESTRICTED.length]).toEqual([17, 7]);
  });
});
