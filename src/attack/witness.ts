// A chain as a person reads it: the steps that lead to a holding, each once, in an order in which they can be taken.

import type { AttackGraph } from "./attack-graph.ts";
import type { Closure } from "./closure.ts";

/** Indexes of the steps of the derivation of `target`, needs before what needs them. */
export function derivationOf(graph: AttackGraph, closure: Closure, target: number): readonly number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  // Depth first with a stack of its own: chains may be long.
  const stack: { readonly holding: number; isDone: boolean }[] = [{ holding: target, isDone: false }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const step = closure.by(top.holding);
    if (top.isDone || step === -1 || seen.has(top.holding)) {
      stack.pop();
      if (top.isDone && step !== -1 && !seen.has(top.holding)) order.push(step);
      seen.add(top.holding);
      continue;
    }
    top.isDone = true;
    for (const need of graph.steps[step]?.needs ?? [])
      if (!seen.has(need)) stack.push({ holding: need, isDone: false });
  }
  return order;
}
