// Laws of the attack graph over random clusters, to be held by any number of them: taking away never adds, the search is the plain fixpoint, and a cluster in
// which the proposed changes are made has no chain left.

import fc from "fast-check";
import { expect } from "vitest";
import { createAttackGraph, type AttackGraph } from "../../../src/attack/attack-graph.ts";
import type { AttackWorld } from "../../../src/attack/attack-world.ts";
import { createSearcher } from "../../../src/attack/closure.ts";
import { smallestCut } from "../../../src/attack/cut.ts";
import { findEscalations, goalsOf, startOf, subjectsOf } from "../../../src/attack/escalations.ts";
import { holdingKey, type Holding } from "../../../src/attack/holding.ts";
import { authenticated } from "../../../src/layers/access/identity.ts";
import { targetKey } from "../../../src/attack/target.ts";
import { powersOf, TECHNIQUES } from "../../../src/attack/techniques.ts";
import { changeObjects } from "./change-objects.ts";
import type { ApiObject } from "./fixture.ts";
import { attackWorld } from "./proposed-change.ts";
import { randomWorld, type RandomWorld } from "./random-world.ts";
import { canOf, SINGLE_STEPS, type SingleStep } from "./single-steps.ts";

const MINOR = 36;
const TARGETS: readonly Holding[] = [
  { kind: "cluster-admin" },
  { kind: "any-node" },
  { kind: "namespace-admin", namespace: "shop" },
  { kind: "secrets", namespace: "shop" },
];

interface Graphed {
  readonly graph: AttackGraph;
  readonly subjects: readonly Holding[];
}

function graphOf(objects: readonly ApiObject[], isComplete: boolean): Graphed {
  const world = attackWorld(objects, { minor: MINOR, isComplete });
  return { graph: createAttackGraph(world, TECHNIQUES), subjects: subjectsOf(world) };
}

/** Keys of what the subject comes to hold. */
function reached({ graph }: Graphed, subject: Holding): ReadonlySet<string> {
  const start = graph.indexOf(subject);
  if (start === -1) return new Set();
  const closure = createSearcher(graph).from([start]);
  return new Set([...closure.held].map((index) => holdingKey(graph.holdings[index] ?? subject)));
}

function expectNothingAdded(before: Graphed, after: Graphed): void {
  for (const subject of after.subjects) {
    const had = reached(before, subject);
    if (had.size === 0) continue;
    expect([...reached(after, subject)].filter((key) => !had.has(key))).toEqual([]);
  }
}

const isBinding = ({ kind }: ApiObject): boolean => kind.endsWith("Binding");
const isRole = ({ kind }: ApiObject): boolean => kind === "Role" || kind === "ClusterRole";

/** The world and the index of one of its objects of a sort, where it has one. */
function withOne(test: (object: ApiObject) => boolean): fc.Arbitrary<RandomWorld & { readonly at: number }> {
  return randomWorld.chain((world) => {
    const indexes = world.objects.flatMap((object, index) => (test(object) ? [index] : []));
    return fc.constantFrom(...(indexes.length === 0 ? [-1] : indexes)).map((at) => ({ ...world, at }));
  });
}

/**
 * Nobody comes to hold more when a binding goes; but whoever may create one of that very name, which was taken before.
 */
export function removalAddsNothing(seed: number, numRuns: number): void {
  fc.assert(
    fc.property(withOne(isBinding), ({ objects, isComplete, at }) => {
      fc.pre(!isNamedInRules(objects, objects[at]?.metadata.name ?? ""));
      const left = objects.filter((_, index) => index !== at);
      expectNothingAdded(graphOf(objects, isComplete), graphOf(left, isComplete));
    }),
    { seed, numRuns },
  );
}

function isNamedInRules(objects: readonly ApiObject[], name: string): boolean {
  return objects.some(({ rules }) => JSON.stringify(rules ?? []).includes(`"${name}"`));
}

/** Nobody comes to hold more when a rule goes or loses a verb. */
export function narrowingAddsNothing(seed: number, numRuns: number): void {
  const narrowed = fc.tuple(withOne(isRole), fc.nat(2), fc.boolean());
  fc.assert(
    fc.property(narrowed, ([{ objects, isComplete, at }, index, isWhole]) => {
      const left = objects.map((object, position) => (position === at ? narrow(object, index, isWhole) : object));
      expectNothingAdded(graphOf(objects, isComplete), graphOf(left, isComplete));
    }),
    { seed, numRuns },
  );
}

/** The search comes to the plain fixpoint, with the fewest steps to each holding. */
export function searchIsFixpoint(seed: number, numRuns: number): void {
  fc.assert(
    fc.property(randomWorld, ({ objects, isComplete }) => {
      const { graph, subjects } = graphOf(objects, isComplete);
      const searcher = createSearcher(graph);
      for (const subject of subjects) {
        const start = graph.indexOf(subject);
        if (start === -1) continue;
        const costs = plainCosts(graph, start);
        const closure = searcher.from([start]);
        const found = new Map([...closure.held].map((holding) => [holding, closure.cost(holding)]));
        expect(found.size).toBe(costs.size);
        for (const [holding, cost] of costs) expect(found.get(holding)).toBe(cost);
      }
    }),
    { seed, numRuns },
  );
}

/** Every technique gives exactly what the access engine lets the subject do. Returns how many gains were asked, and held. */
export function techniquesAgreeWithAccess(seed: number, numRuns: number): Tally {
  const tally = { asked: 0, gained: 0 };
  fc.assert(
    fc.property(randomWorld, ({ objects }) => {
      const world = attackWorld(objects, { minor: MINOR, isComplete: false });
      for (const one of SINGLE_STEPS) expectAgreement(world, one, tally);
    }),
    { seed, numRuns },
  );
  return tally;
}

interface Tally {
  asked: number;
  gained: number;
}

function expectAgreement(world: AttackWorld, { techniques, steps, gains }: SingleStep, tally: Tally): void {
  const used = TECHNIQUES.filter(({ id }) => techniques.includes(id));
  const graph = createAttackGraph(world, used);
  const searcher = createSearcher(graph);
  for (const subject of subjectsOf(world)) {
    if (subject.kind !== "user" && subject.kind !== "group") continue;
    const identity = subject.kind === "user" ? authenticated(subject.name) : authenticated("", [subject.name]);
    const can = canOf(world, identity);
    if (can("anything", "everything", { group: "whatever" })) continue; // cluster-admin, of which no more is said
    const start = graph.indexOf(subject);
    const closure = start === -1 ? undefined : searcher.from([start]);
    const costOf = (holding: Holding): number => {
      const index = graph.indexOf(holding);
      return closure === undefined || index === -1 || !closure.has(index) ? Infinity : closure.cost(index);
    };
    for (const [holdings, isGained] of gains(world, can)) {
      const cost = Math.min(...holdings.map(costOf));
      if (cost === 0) continue; // what the subject is anyway
      tally.asked++;
      if (isGained) tally.gained++;
      const says = { technique: techniques[0], subject, holding: holdings[0] };
      expect({ ...says, isGained: cost <= steps }).toEqual({ ...says, isGained });
    }
  }
}

/** A cluster in which the proposed changes are made has no chain left. Returns how many sets of changes there were. */
export function changesStopChains(seed: number, numRuns: number): number {
  let cuts = 0;
  fc.assert(
    fc.property(randomWorld, ({ objects, isComplete }) => {
      const world = attackWorld(objects, { minor: MINOR, isComplete });
      const before: Graphed = { graph: createAttackGraph(world, TECHNIQUES), subjects: subjectsOf(world) };
      for (const target of TARGETS) if (isStopped(objects, world, before, target)) cuts++;
    }),
    { seed, numRuns },
  );
  return cuts;
}

function isStopped(objects: readonly ApiObject[], world: AttackWorld, before: Graphed, target: Holding): boolean {
  const { graph, subjects } = before;
  const goal = graph.indexOf(target);
  if (goal === -1) return false;
  const starts = subjects.map(graph.indexOf).filter((start) => start !== -1);
  const { changes, uncut } = smallestCut(graph, createSearcher(graph), starts, [goal]);
  if (changes.length === 0) return false;
  const made = changes.map(({ change }) => change);
  const after = graphOf(changeObjects(objects, made, powersOf(TECHNIQUES, world)), world.isComplete);
  const open = subjects.filter(
    (subject) => !uncut.includes(graph.indexOf(subject)) && reached(after, subject).has(holdingKey(target)),
  );
  expect(open).toEqual([]);
  return true;
}

function narrow(object: ApiObject, index: number, isWhole: boolean): ApiObject {
  const rules = object["rules"] as readonly { readonly verbs: readonly string[] }[]; // of a role
  const left = rules.flatMap((rule, position) => {
    if (position !== index % rules.length) return [rule];
    return isWhole || rule.verbs.length < 2 ? [] : [{ ...rule, verbs: rule.verbs.slice(1) }];
  });
  return { ...object, rules: left };
}

/** Every step again and again until nothing changes. */
function plainCosts({ steps }: AttackGraph, start: number): ReadonlyMap<number, number> {
  const costs = new Map([[start, 0]]);
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (const { needs, gives, cost } of steps) {
      const dearest = Math.max(0, ...needs.map((need) => costs.get(need) ?? Infinity));
      if (dearest + cost >= (costs.get(gives) ?? Infinity)) continue;
      costs.set(gives, dearest + cost);
      hasChanged = true;
    }
  }
  return costs;
}

/** What is left out where only targets are asked about leads to none. Returns how many escalations there were. */
export function targetsAloneAreFoundTheSame(seed: number, numRuns: number): number {
  let found = 0;
  fc.assert(
    fc.property(randomWorld, ({ objects, isComplete }) => {
      const whole = escalationsOf(attackWorld(objects, { minor: MINOR, isComplete }));
      expect(escalationsOf(attackWorld(objects, { minor: MINOR, isComplete, isForTargets: true }))).toEqual(whole);
      found += whole.length;
    }),
    { seed, numRuns },
  );
  return found;
}

/** Each with its length, what it gains besides, and how many changes stop everybody there. */
function escalationsOf(world: AttackWorld): readonly string[] {
  const { escalations, graph, searcher } = findEscalations(world, { techniques: TECHNIQUES });
  return escalations
    .map(({ subject, target, length, others }) => {
      const goals = goalsOf(graph, [target]);
      const cut = smallestCut(graph, searcher, [startOf(graph, subject)], goals);
      const also = others.map(targetKey).toSorted().join();
      return `${holdingKey(subject)} ${targetKey(target)} ${length} ${also} ${cut.changes.length}/${cut.atLeast}`;
    })
    .toSorted();
}
