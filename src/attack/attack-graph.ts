// The graph of holdings and steps: a step may need several holdings at once, so it is a directed hypergraph (AND/OR graph).

import type { AttackWorld } from "./attack-world.ts";
import type { Control } from "./fact.ts";
import { holdingKey, type Holding } from "./holding.ts";
import { impliedSteps } from "./implied.ts";
import type { Step } from "./step.ts";
import type { Technique } from "./technique.ts";

export interface GraphStep {
  readonly step: Step;
  /** Absent for what holdings mean anyway. */
  readonly technique: Technique | undefined;
  /** Indexes of holdings, without repetition. */
  readonly needs: readonly number[];
  readonly gives: number;
  /** 1 for a technique that is a step of its own, else 0. */
  readonly cost: 0 | 1;
}

export interface AttackGraph {
  readonly holdings: readonly Holding[];
  readonly steps: readonly GraphStep[];
  /** Index of a holding, or -1 when nothing leads to it or from it. */
  readonly indexOf: (holding: Holding) => number;
  /** Indexes of steps that need the holding. */
  readonly from: (holding: number) => readonly number[];
  /** Indexes of steps that give the holding. */
  readonly into: (holding: number) => readonly number[];
  /** Numbers of the changes each of which makes the step impossible. */
  readonly controlsOf: (step: number) => readonly number[];
  readonly control: (number: number) => Control;
}

const NONE: readonly number[] = [];

/** Linear in the steps that the techniques offer. */
export function createAttackGraph(world: AttackWorld, techniques: readonly Technique[]): AttackGraph {
  const holdings: Holding[] = [];
  const indexes = new Map<string, number>();
  const steps: GraphStep[] = [];
  const from: number[][] = [];
  const into: number[][] = [];
  const intern = (holding: Holding): number => {
    const key = holdingKey(holding);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, holdings.length);
    from.push([]);
    into.push([]);
    return holdings.push(holding) - 1;
  };
  const add = (step: Step, technique: Technique | undefined): void => {
    const needs = [...new Set(step.needs.map(intern))];
    const gives = intern(step.gives);
    if (needs.includes(gives)) return;
    const index = steps.length;
    const cost = technique === undefined || technique.given === "meant" ? 0 : 1;
    steps.push({ step, technique, needs, gives, cost });
    for (const need of needs) from[need]?.push(index);
    into[gives]?.push(index);
  };
  for (const step of world.rights.steps()) add(step, undefined);
  for (const step of impliedSteps(world)) add(step, undefined);
  for (const technique of techniques)
    for (const step of technique.steps(world)) add(step, step.isMeant === true ? undefined : technique);
  const controls: Control[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (control: Control): number => {
    const known = numbers.get(control.id);
    if (known !== undefined) return known;
    numbers.set(control.id, controls.length);
    return controls.push(control) - 1;
  };
  const controlsOfSteps: (readonly number[])[] = [];
  return {
    holdings,
    steps,
    indexOf: (holding) => indexes.get(holdingKey(holding)) ?? -1,
    from: (holding) => from[holding] ?? NONE,
    into: (holding) => into[holding] ?? NONE,
    controlsOf: (step) => (controlsOfSteps[step] ??= steps[step]?.step.controls?.().map(numberOf) ?? NONE),
    control: (number) => controls[number] as Control, // numbers come from here
  };
}
