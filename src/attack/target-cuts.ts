// The cuts a report shows: for each target what keeps everybody from it, and for one subject what keeps it from all it gains.

import type { ChangeUse } from "./change-use.ts";
import { smallestCut, type Cut } from "./cut.ts";
import type { Escalation } from "./escalation.ts";
import { goalsOf, startOf, type Escalations } from "./escalations.ts";
import type { Holding } from "./holding.ts";
import { targetKey, type Target } from "./target.ts";

export interface TargetCut extends Cut {
  readonly target: Target;
  /** How many subjects come to it. */
  readonly subjects: number;
  readonly uncutSubjects: readonly Holding[];
}

/** Cuts that are worked out: those for the most subjects. */
const MOST_CUTS = 20;

interface Sought {
  readonly target: Target;
  readonly reached: Target[];
  /** By where their chains start. */
  readonly subjects: Map<number, Holding>;
}

/** For each target that more than one subject comes to, what stops them all; nodes together, whichever they are. */
export function cutsOf(
  { graph, searcher }: Escalations,
  told: readonly Escalation[],
  useOf: ChangeUse,
): readonly TargetCut[] {
  const sought = new Map<string, Sought>();
  for (const { subject, target, others } of told)
    for (const one of [target, ...others]) {
      const key = one.kind === "node" ? "node" : targetKey(one);
      const shared: Target = one.kind === "node" ? { kind: "node", node: "" } : one;
      const entry = sought.get(key) ?? { target: shared, reached: [], subjects: new Map<number, Holding>() };
      entry.reached.push(one);
      entry.subjects.set(startOf(graph, subject), subject);
      sought.set(key, entry);
    }
  return [...sought.values()]
    .filter(({ subjects }) => subjects.size > 1)
    .toSorted((one, other) => other.subjects.size - one.subjects.size)
    .slice(0, MOST_CUTS)
    .map(({ target, reached, subjects }) => {
      const cut = smallestCut(graph, searcher, [...subjects.keys()], goalsOf(graph, reached), useOf);
      const uncutSubjects = cut.uncut.flatMap((start) => subjects.get(start) ?? []);
      return { ...cut, target, subjects: subjects.size, uncutSubjects };
    });
}

/** What keeps one subject from what it gains. */
export function cutOfOne({ graph, searcher }: Escalations, useOf: ChangeUse): (escalation: Escalation) => Cut {
  return ({ subject, target, others }) =>
    smallestCut(graph, searcher, [startOf(graph, subject)], goalsOf(graph, [target, ...others]), useOf);
}
