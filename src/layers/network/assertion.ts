// Assertions about reachability: "payments never reaches the internet", "only ingress-nginx reaches web:8080". Each
// holds, fails with a counter-example, or depends.

import type { AddressSet } from "./address-set.ts";
import type { Connectivity, OutsideRow, SourceRow } from "./connectivity.ts";
import { intersect, isEmpty, subtract } from "./interval-set.ts";
import { NONE, type OutcomeId, type Outcomes } from "./outcome.ts";
import { addressesIn, type OutsideRange } from "./outside.ts";
import type { PortSet } from "./port-set.ts";

/** Some workloads, by position, and some addresses outside. */
export interface EndSet {
  readonly workloads: ReadonlySet<number>;
  readonly addresses: AddressSet;
}

export interface Assertion {
  readonly from: EndSet;
  readonly to: EndSet;
  readonly ports: PortSet;
  /** `allowed`: every pair, on every port. `denied`: no pair, on no port. */
  readonly expect: "allowed" | "denied";
}

/** The first pair that is not as expected. */
export interface CounterExample {
  readonly from: number | AddressSet;
  readonly to: number | AddressSet;
  /** Open against the assertion, or closed against it. */
  readonly ports: PortSet;
}

export type AssertionResult =
  | { readonly kind: "holds" }
  /** No pair to look at: a name that matches nothing is no success. */
  | { readonly kind: "empty" }
  | { readonly kind: "fails" | "depends"; readonly counterExample: CounterExample };

/**
 * Checks an assertion against a map. A workload's own replicas are no pair. O(open pairs of the sources).
 */
export function checkAssertion(map: Connectivity, outcomes: Outcomes, assertion: Assertion): AssertionResult {
  const judge = createJudge(outcomes, assertion);
  let open: CounterExample | undefined;
  let isEmptySoFar = true;
  for (const { from, to, outcome } of pairsOf(map, assertion)) {
    isEmptySoFar = false;
    const { wrong, maybeWrong } = judge(outcome);
    if (!isEmpty(wrong)) return { kind: "fails", counterExample: { from, to, ports: wrong } };
    if (open === undefined && !isEmpty(maybeWrong)) open = { from, to, ports: maybeWrong };
  }
  if (isEmptySoFar) return { kind: "empty" };
  return open === undefined ? { kind: "holds" } : { kind: "depends", counterExample: open };
}

export interface Judgement {
  /** Ports that are surely not as expected, and those that may not be. */
  readonly wrong: PortSet;
  readonly maybeWrong: PortSet;
}

function createJudge(outcomes: Outcomes, assertion: Assertion): (outcome: OutcomeId) => Judgement {
  const known = new Map<OutcomeId, Judgement>();
  return (outcome) => {
    const found = known.get(outcome);
    if (found !== undefined) return found;
    const made = judgePorts(assertion, outcomes.sureOf(outcome), outcomes.possibleOf(outcome));
    known.set(outcome, made);
    return made;
  };
}

/** What one pair is judged by: what is surely open of it, and what may be. */
export function judgePorts({ ports, expect }: Assertion, sure: PortSet, possible: PortSet): Judgement {
  return expect === "denied"
    ? { wrong: intersect(sure, ports), maybeWrong: intersect(possible, ports) }
    : { wrong: subtract(ports, possible), maybeWrong: subtract(ports, sure) };
}

interface Pair {
  readonly from: number | AddressSet;
  readonly to: number | AddressSet;
  readonly outcome: OutcomeId;
}

/** What every assertion about a map asks for, worked out once. */
interface Parts {
  readonly numbers: Int32Array;
  readonly inbound: readonly OutsideRow[];
  /** For each workload the number of its inbound row. */
  readonly inboundNumbers: Int32Array;
  /** A row, and what it has for each workload; valid until the next is asked for. */
  readonly row: (number: number) => OpenRow;
}

interface OpenRow {
  readonly row: SourceRow;
  readonly outcomes: Int32Array;
}

const parts = new WeakMap<Connectivity, Parts>();

function partsOf(map: Connectivity): Parts {
  let known = parts.get(map);
  if (known === undefined) parts.set(map, (known = takeParts(map)));
  return known;
}

function takeParts(map: Connectivity): Parts {
  const inbound = [...map.inbound()];
  const inboundNumbers = new Int32Array(map.workloads.length);
  for (const [number, { workloads }] of inbound.entries()) {
    for (const workload of workloads) inboundNumbers[workload] = number;
  }
  const outcomes = new Int32Array(map.workloads.length);
  let last: { readonly number: number; readonly row: SourceRow } | undefined;
  /** Assertions about one source follow each other. */
  const row = (number: number): OpenRow => {
    if (last?.number !== number) {
      for (const { workloads } of last?.row.reached ?? []) for (const one of workloads) outcomes[one] = NONE;
      last = { number, row: map.row(number) };
      for (const { outcome, workloads } of last.row.reached) for (const one of workloads) outcomes[one] = outcome;
    }
    return { row: last.row, outcomes };
  };
  return { numbers: map.rowNumbers(), inbound, inboundNumbers, row };
}

/**
 * Every pair the assertion is about, closed ones too; of sources with equal rows, of targets that a row does not reach,
 * and of targets with equal rows one stands for all.
 */
function* pairsOf(map: Connectivity, { from, to }: Assertion): Generator<Pair> {
  const { numbers, inbound, inboundNumbers, row } = partsOf(map);
  for (const number of new Set([...from.workloads].map((workload) => numbers[workload] ?? 0))) {
    yield* pairsOfRow(row(number), from, to);
  }
  if (isEmpty(from.addresses)) return;
  const targets = new Map<number, number>();
  for (const workload of [...to.workloads].sort((a, b) => a - b)) {
    const number = inboundNumbers[workload] ?? 0;
    if (!targets.has(number)) targets.set(number, workload);
  }
  for (const [number, target] of [...targets].sort(([a], [b]) => a - b)) {
    for (const { addresses, outcome } of within(inbound[number]?.outside ?? [], from.addresses))
      yield { from: addresses, to: target, outcome };
  }
}

function* pairsOfRow({ row, outcomes }: OpenRow, { workloads }: EndSet, to: EndSet): Generator<Pair> {
  const [source, other] = row.sources.filter((one) => workloads.has(one));
  if (source === undefined) return;
  let hasClosed = false;
  for (const target of to.workloads) {
    const outcome = outcomes[target] ?? NONE;
    if (outcome === NONE && hasClosed) continue;
    const from = target === source ? other : source;
    if (from === undefined) continue;
    if (outcome === NONE) hasClosed = true;
    yield { from, to: target, outcome };
  }
  for (const { addresses, outcome } of within(row.outside, to.addresses))
    yield { from: source, to: addresses, outcome };
}

/** The wanted addresses, by what is open with them; the rest is closed. */
function within(ranges: readonly OutsideRange[], wanted: AddressSet): readonly OutsideRange[] {
  const parts = ranges.map(({ outcome, addresses }) => ({ outcome, addresses: intersect(addresses, wanted) }));
  return [...parts, { outcome: NONE, addresses: subtract(wanted, addressesIn(parts)) }].filter(
    ({ addresses }) => !isEmpty(addresses),
  );
}
