// Which steps a change stops. Cuts of one graph look at much the same steps: each is looked at once.

import type { AttackGraph } from "./attack-graph.ts";

export interface ControlIndex {
  /** Looks at the steps that give any of these holdings: 1 for each. */
  readonly cover: (holdings: Uint8Array) => void;
  /** Of the steps looked at so far. */
  readonly stepsOf: (control: number) => readonly number[];
}

const indexes = new WeakMap<AttackGraph, ControlIndex>();

export function controlIndexOf(graph: AttackGraph): ControlIndex {
  const known = indexes.get(graph);
  if (known !== undefined) return known;
  const covered = new Uint8Array(graph.holdings.length);
  const steps = new Map<number, number[]>();
  const coverOne = (holding: number): void => {
    covered[holding] = 1;
    for (const step of graph.into(holding))
      for (const control of graph.controlsOf(step)) {
        const list = steps.get(control);
        if (list === undefined) steps.set(control, [step]);
        else list.push(step);
      }
  };
  const index: ControlIndex = {
    cover: (holdings) => {
      for (let holding = holdings.indexOf(1); holding !== -1; holding = holdings.indexOf(1, holding + 1))
        if (covered[holding] === 0) coverOne(holding);
    },
    stepsOf: (control) => steps.get(control) ?? [],
  };
  indexes.set(graph, index);
  return index;
}
