// The answer for a pair of ends as small integers: which ports are surely open, which possibly, and what the difference
// depends on. Hash-consed and memoised, so that millions of pairs cost a table look-up each.

import { ALL_PORTS, NO_PORTS, type PortSet } from "./port-set.ts";
import { intersect as intersectSets, isEmpty, subtract, union as uniteSets } from "./interval-set.ts";

/** Why an answer is open. Bits, so that they can be joined. */
export const ON = {
  /** An Ingress-only (Egress-only) NetworkPolicy selects the pod, and a Baseline rule is about the other direction. */
  oneDirection: 1,
  /** One end is a host-network pod: treated as a pod or as its node, which differs between network plugins. */
  hostNetwork: 2,
  /** Traffic from a node to a pod that may run on it. */
  ownNode: 4,
  /** Rules of one tier with equal priority contradict each other. */
  equalPriority: 8,
  /** An address rule meets a pod whose address is not known. */
  unknownAddress: 16,
  /** A domain name rule; names are not resolved. */
  domainName: 32,
} as const;
export type OpenQuestion = keyof typeof ON;

/** Index of an interned outcome. */
export type OutcomeId = number;
export const NONE: OutcomeId = 0;
export const ALL: OutcomeId = 1;

export interface Outcomes {
  readonly certain: (ports: PortSet) => OutcomeId;
  /** `sure` is contained in `possible`; `on` says what decides between them. */
  readonly of: (sure: PortSet, possible: PortSet, on: number) => OutcomeId;
  readonly union: (a: OutcomeId, b: OutcomeId) => OutcomeId;
  readonly intersect: (a: OutcomeId, b: OutcomeId) => OutcomeId;
  /** One of both, unknown which: what is surely open in each, possibly open in either. */
  readonly either: (a: OutcomeId, b: OutcomeId, on: number) => OutcomeId;
  readonly sureOf: (id: OutcomeId) => PortSet;
  readonly possibleOf: (id: OutcomeId) => PortSet;
  /** Joined bits of `ON`; 0 when nothing is open. */
  readonly questionsOf: (id: OutcomeId) => number;
}

export function openQuestions(bits: number): readonly OpenQuestion[] {
  return (Object.keys(ON) as OpenQuestion[]).filter((question) => (bits & ON[question]) !== 0); // the keys of ON
}

/** A table of outcomes; ids of different tables do not mix. */
export function createOutcomes(): Outcomes {
  const setIds = new Map<string, number>();
  const sets: PortSet[] = [];
  const ids = new Map<string, OutcomeId>();
  const sure: number[] = [];
  const possible: number[] = [];
  const questions: number[] = [];

  const setId = (set: PortSet): number => {
    const key = set.join(",");
    const known = setIds.get(key);
    if (known !== undefined) return known;
    setIds.set(key, sets.length);
    return sets.push(set) - 1;
  };
  const of = (sureSet: PortSet, possibleSet: PortSet, on: number): OutcomeId => {
    const s = setId(sureSet);
    const p = setId(possibleSet);
    const key = s === p ? `${s}` : `${s} ${p} ${on}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, sure.length);
    possible.push(p);
    questions.push(s === p ? 0 : on);
    return sure.push(s) - 1;
  };
  const certain = (set: PortSet): OutcomeId => of(set, set, 0);
  certain(NO_PORTS);
  certain(ALL_PORTS);

  const sureOf = (id: OutcomeId): PortSet => sets[sure[id] ?? 0] ?? NO_PORTS;
  const possibleOf = (id: OutcomeId): PortSet => sets[possible[id] ?? 0] ?? NO_PORTS;
  const questionsOf = (id: OutcomeId): number => questions[id] ?? 0;
  const joined = (a: OutcomeId, b: OutcomeId): number => questionsOf(a) | questionsOf(b);

  const union = memoised((a, b) =>
    of(uniteSets(sureOf(a), sureOf(b)), uniteSets(possibleOf(a), possibleOf(b)), joined(a, b)),
  );
  const intersect = memoised((a, b) =>
    of(intersectSets(sureOf(a), sureOf(b)), intersectSets(possibleOf(a), possibleOf(b)), joined(a, b)),
  );
  const eithers = new Map<number, Map<number, OutcomeId>>();
  /** By what it depends on, then by the pair; as exact as it is fast. */
  const either = (a: OutcomeId, b: OutcomeId, on: number): OutcomeId => {
    let known = eithers.get(on);
    if (known === undefined) eithers.set(on, (known = new Map<number, OutcomeId>()));
    const key = a * 0x4000000 + b;
    let result = known.get(key);
    if (result === undefined) {
      const inAny = uniteSets(possibleOf(a), possibleOf(b));
      result = of(intersectSets(sureOf(a), sureOf(b)), inAny, joined(a, b) | on);
      known.set(key, result);
    }
    return result;
  };
  return {
    certain,
    of,
    union: (a, b) => (a === b || b === NONE ? a : a === NONE ? b : a === ALL || b === ALL ? ALL : union(a, b)),
    intersect: (a, b) => (a === b || b === ALL ? a : a === ALL ? b : a === NONE || b === NONE ? NONE : intersect(a, b)),
    either: (a, b, on) => (a === b ? a : either(a, b, on)),
    sureOf,
    possibleOf,
    questionsOf,
  };
}

const CACHE_SLOTS = 1 << 15;

/** A commutative operation with a direct-mapped cache in front of an exact one. */
function memoised(operation: (a: OutcomeId, b: OutcomeId) => OutcomeId): (a: OutcomeId, b: OutcomeId) => OutcomeId {
  const slotA = new Int32Array(CACHE_SLOTS).fill(-1);
  const slotB = new Int32Array(CACHE_SLOTS);
  const slotResult = new Int32Array(CACHE_SLOTS);
  const exact = new Map<number, OutcomeId>();
  return (x, y) => {
    const a = x < y ? x : y;
    const b = x < y ? y : x;
    const slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 17;
    if (slotA[slot] === a && slotB[slot] === b) return slotResult[slot] ?? NONE; // the slot exists: 15 bits
    const key = a * 0x4000000 + b;
    let result = exact.get(key);
    if (result === undefined) {
      result = operation(a, b);
      exact.set(key, result);
    }
    slotA[slot] = a;
    slotB[slot] = b;
    slotResult[slot] = result;
    return result;
  };
}

/** What an operation leaves closed: everything that is not in `ports`. */
export function complementOf(ports: PortSet): PortSet {
  return isEmpty(ports) ? ALL_PORTS : subtract(ALL_PORTS, ports);
}
