// Subjects that differ in nothing but their names: what one gains the others gain, by the same steps but the first. A group
// of a company that is written out as five thousand users is searched once.

import type { AttackGraph } from "./attack-graph.ts";
import type { Escalation } from "./escalation.ts";
import type { Holding } from "./holding.ts";

type Found = "given" | readonly Escalation[];

export interface Twins {
  /** What a twin gained, told of this one; computed where no twin was asked about. */
  readonly of: (subject: Holding, start: number, compute: () => Found) => Found;
}

/** A start whose steps need nothing else. */
interface First {
  /** Equal for twins. */
  readonly key: string;
  /** In the same order for twins. */
  readonly steps: readonly number[];
}

export function createTwins(graph: AttackGraph): Twins {
  const known = new Map<string, { readonly found: Found; readonly steps: readonly number[] }>();
  return {
    of: (subject, start, compute) => {
      const first = firstOf(graph, start);
      if (first === undefined) return compute();
      const { key, steps } = first;
      const twin = known.get(key);
      if (twin === undefined) {
        const found = compute();
        known.set(key, { found, steps });
        return found;
      }
      if (twin.found === "given") return twin.found;
      const own = new Map(twin.steps.map((step, index) => [step, steps[index] ?? step]));
      return twin.found.map((one) => ({ ...one, subject, chain: one.chain.map((step) => own.get(step) ?? step) }));
    },
  };
}

/** `undefined` where a step needs more than the start: then it matters who takes it. */
function firstOf(graph: AttackGraph, start: number): First | undefined {
  const found: { readonly key: string; readonly index: number }[] = [];
  for (const index of graph.from(start)) {
    const step = graph.steps[index];
    if (step === undefined || step.needs.length > 1) return undefined;
    found.push({ key: `${step.gives} ${step.technique?.id ?? ""}`, index });
  }
  const sorted = found.toSorted((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
  return { key: sorted.map(({ key }) => key).join("\n"), steps: sorted.map(({ index }) => index) };
}
