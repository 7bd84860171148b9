// The graph of holdings and steps: a step may need several holdings at once, so it is a directed hypergraph (AND/OR graph).

import type { AttackWorld } from "./attack-world.ts";
import type { Control } from "./fact.ts";
import type { Holding } from "./holding.ts";
import { impliedSteps } from "./implied.ts";
import { createInterner } from "./interner.ts";
import { createLinks } from "./links.ts";
import type { Step } from "./step.ts";
import type { Technique } from "./technique.ts";

/** A step between holdings that are known by their index. */
export interface GraphStep {
  readonly says: Step["says"] | undefined;
  readonly facts: Step["facts"] | undefined;
  readonly controls: Step["controls"] | undefined;
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
  readonly from: (holding: number) => Iterable<number>;
  /** Indexes of steps that give the holding. */
  readonly into: (holding: number) => Iterable<number>;
  /** Numbers of the changes each of which makes the step impossible. */
  readonly controlsOf: (step: number) => readonly number[];
  readonly control: (number: number) => Control;
}

const NONE: readonly number[] = [];

/** Linear in the steps that the techniques offer. */
export function createAttackGraph(world: AttackWorld, techniques: readonly Technique[]): AttackGraph {
  const { holdings, intern, find } = createInterner();
  const steps: GraphStep[] = [];
  const add = (
    { needs: needed, gives: given, says, facts, controls }: Step,
    technique: Technique | undefined,
  ): void => {
    const needs = needed.length === 1 ? needed.map(intern) : [...new Set(needed.map(intern))];
    const gives = intern(given);
    if (needs.includes(gives)) return;
    const cost = technique === undefined || technique.given === "meant" ? 0 : 1;
    steps.push({ technique, needs, gives, cost, says, facts, controls });
  };
  // Most pods of a cluster lead nowhere, and every right on pods leads to all of them: known once the rest is there.
  const intoPods: { readonly step: Step; readonly technique: Technique | undefined }[] = [];
  const addUnlessIdle = (step: Step, technique: Technique | undefined): void => {
    if (world.isForTargets && isCode(step.gives) && !step.needs.some(isCode)) intoPods.push({ step, technique });
    else add(step, technique);
  };
  for (const step of impliedSteps(world)) addUnlessIdle(step, undefined);
  for (const technique of techniques)
    for (const step of technique.steps(world)) addUnlessIdle(step, step.isMeant === true ? undefined : technique);
  // Last: techniques ask for rights as single identities have them.
  for (const step of world.rights.steps()) add(step, undefined);
  for (const { step, technique } of intoPods) if (find(step.gives) !== -1) add(step, technique);
  const numbered = numberControls(steps);
  return {
    holdings,
    steps,
    indexOf: find,
    from: createLinks(holdings.length, steps, ({ needs }) => needs),
    into: createLinks(holdings.length, steps, ({ gives }) => [gives]),
    ...numbered,
  };
}

function isCode({ kind }: Holding): boolean {
  return kind === "pod" || kind === "container";
}

/** Equal changes have one number; those of a step are asked for when a cut looks at it. */
function numberControls(steps: readonly GraphStep[]): Pick<AttackGraph, "controlsOf" | "control"> {
  const controls: Control[] = [];
  const numbers = new Map<string, number>();
  const ofSteps = new Map<number, readonly number[]>();
  const numberOf = (control: Control): number => {
    const known = numbers.get(control.id);
    if (known !== undefined) return known;
    numbers.set(control.id, controls.length);
    return controls.push(control) - 1;
  };
  return {
    controlsOf: (step) => {
      const own = steps[step]?.controls;
      if (own === undefined) return NONE;
      let known = ofSteps.get(step);
      if (known === undefined) ofSteps.set(step, (known = own().map(numberOf)));
      return known;
    },
    control: (number) => controls[number] as Control, // numbers come from here
  };
}
