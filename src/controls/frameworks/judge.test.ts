import { expect, test } from "vitest";
import type { Gap } from "../../verdicts/gap.ts";
import { RULES } from "../registry.generated.ts";
import { emptyTally, type Tally } from "../tally.ts";
import type { Requirement } from "./framework.ts";
import { FRAMEWORKS } from "./frameworks.ts";
import { judgeFrameworks } from "./judge.ts";

const RULE = "workloads/privileged-container";
const LOOK = { en: "x", "zh-CN": "x" };
const GAP: Gap = { code: "yaml-tab", what: "a.yaml", reason: { id: "yaml-tab" } };

function verdictOf(
  tally: Partial<Tally> | undefined,
  more: Partial<Requirement> = {},
  gaps: readonly Gap[] = [],
): string {
  const framework = FRAMEWORKS.find(({ id }) => id === "cis-kubernetes");
  if (framework === undefined) return "";
  const requirement: Requirement = { id: "5.2.2", title: LOOK, ...more };
  const rules = RULES.filter(({ id }) => id === RULE);
  const tallies = new Map(tally === undefined ? [] : rules.map((rule) => [rule, { ...emptyTally(), ...tally }]));
  const [judged] = judgeFrameworks([{ framework, requirements: [requirement] }], { rules, tallies, gaps });
  return judged?.requirements[0]?.verdict ?? "";
}

test.each<[string, Partial<Tally> | undefined, Partial<Requirement>, readonly Gap[], string]>([
  ["nothing answered", {}, {}, [], "not-applicable"],
  ["it applied to nothing", { "not-applicable": 3 }, {}, [], "not-applicable"],
  ["it was not asked", undefined, {}, [], "not-evaluated"],
  ["everything passed", { pass: 3 }, {}, [], "pass"],
  ["one failed", { pass: 3, fail: 1, "not-evaluated": 1 }, { manual: LOOK }, [GAP], "fail"],
  ["one could not be looked at", { pass: 3, "not-evaluated": 1 }, { manual: LOOK }, [], "not-evaluated"],
  ["a file could not be read", { pass: 3 }, {}, [GAP], "not-evaluated"],
  ["a file could not be read, and that is accepted", { pass: 3 }, {}, [{ ...GAP, isAccepted: true }], "pass"],
  ["this rule missed something", { pass: 3 }, {}, [{ ...GAP, rules: [RULE] }], "not-evaluated"],
  ["another rule missed something", { pass: 3 }, {}, [{ ...GAP, rules: ["workloads/host-pid"] }], "pass"],
  ["a person must look too", { pass: 3 }, { manual: LOOK }, [], "manual"],
  ["a rule leaves one to a person", { pass: 3, manual: 1 }, {}, [], "manual"],
  ["somebody answers for one that fails", { pass: 3, excepted: 1 }, {}, [], "excepted"],
])("where %s", (_, tally, more, gaps, expected) => expect(verdictOf(tally, more, gaps)).toBe(expected));

test("without rules, a person decides or nobody", () => {
  expect(verdictOf({ pass: 1 }, { id: "x", manual: LOOK })).toBe("manual");
  expect(verdictOf({ pass: 1 }, { id: "x", undecidable: LOOK })).toBe("not-evaluated");
});
