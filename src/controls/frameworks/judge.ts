// The verdict on a requirement, from the tallies of its rules. Where nothing answered, nothing is met: silence is not a pass.

import type { Gap } from "../../verdicts/gap.ts";
import type { VerdictState } from "../../verdicts/outcome.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { sumTallies, type Tally } from "../tally.ts";
import type { Framework, Requirement } from "./framework.ts";
import { rulesFor, type AskedFramework } from "./frameworks.ts";

export interface JudgedRequirement {
  readonly requirement: Requirement;
  readonly verdict: VerdictState;
  /** Every rule that speaks for it, asked or not. */
  readonly rules: readonly Rule[];
  readonly tally: Tally;
}

export interface JudgedFramework {
  readonly framework: Framework;
  readonly requirements: readonly JudgedRequirement[];
}

export interface JudgeOptions {
  /** Every rule there is, so that one that was filtered out is missed. */
  readonly rules: readonly Rule[];
  readonly tallies: ReadonlyMap<Rule, Tally>;
  readonly gaps: readonly Gap[];
}

export function judgeFrameworks(asked: readonly AskedFramework[], options: JudgeOptions): readonly JudgedFramework[] {
  return asked.map(({ framework, requirements }) => ({
    framework,
    requirements: requirements.map((requirement) => {
      const rules = rulesFor(framework, requirement, options.rules);
      const tally = sumTallies(rules.flatMap((rule) => options.tallies.get(rule) ?? []));
      return { requirement, rules, tally, verdict: verdictOf(requirement, rules, tally, options) };
    }),
  }));
}

/** The first that holds, worst first: one failure fails; one thing not looked at leaves it open; a person outranks a pass. */
function verdictOf(
  requirement: Requirement,
  rules: readonly Rule[],
  tally: Tally,
  { tallies, gaps }: JudgeOptions,
): VerdictState {
  if (tally.fail > 0) return "fail";
  if (rules.length > 0) {
    const wasAsked = rules.every((rule) => tallies.has(rule));
    if (!wasAsked || tally["not-evaluated"] > 0 || rules.some(({ id }) => isMissedBy(id, gaps))) return "not-evaluated";
  }
  if (requirement.manual !== undefined || tally.manual > 0) return "manual";
  if (rules.length === 0) return "not-evaluated";
  if (tally.excepted > 0) return "excepted";
  return tally.pass > 0 ? "pass" : "not-applicable";
}

function isMissedBy(rule: string, gaps: readonly Gap[]): boolean {
  return gaps.some((gap) => gap.isAccepted !== true && (gap.rules === undefined || gap.rules.includes(rule)));
}
