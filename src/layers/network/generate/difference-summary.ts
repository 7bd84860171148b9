// How today's map and the generated one differ, counted without listing what closes: a default deny closes millions of
// pairs that nobody needs.

import { EVERY_ADDRESS, EVERY_FOUR, hasFamily } from "../address-set.ts";
import type { Connectivity, OutsideRow, SourceRow } from "../connectivity.ts";
import { intersect, isEmpty, subtract } from "../interval-set.ts";
import type { Network } from "../network.ts";
import { NONE, type OutcomeId } from "../outcome.ts";
import { addressesIn, type OutsideRange } from "../outside.ts";
import { NO_PORTS, withoutOtherProtocols, type PortSet } from "../port-set.ts";

export interface Difference {
  /** Pairs of ends between which something was surely open and is not. The outside is one end. */
  readonly closed: number;
  /** The other way round, by workload ids; `external` for the outside. */
  readonly opened: readonly { readonly from: string; readonly to: string }[];
}

interface Change {
  readonly closes: boolean;
  readonly opens: boolean;
}

type ChangeFinder = (before: OutcomeId, after: OutcomeId) => Change;

/** Both networks have the same workloads; `now` is the map of `after`. O(rows × open groups + open pairs of `after`). */
export function summarizeDifference(before: Network, after: Network, now: Connectivity = after.map()): Difference {
  const change = createChangeFinder(before, after);
  const old = before.map();
  const ids = before.workloads.map(({ id }) => id);
  const idOf = (number: number): string => ids[number] ?? "";
  const opened: { readonly from: string; readonly to: string }[] = [];
  let closed = 0;
  for (const [source, { closes, opens }] of pairChanges(old, now, change)) {
    closed += closes;
    for (const target of opens) opened.push({ from: idOf(source), to: idOf(target) });
  }
  for (const side of ["outbound", "inbound"] as const) {
    for (const [workload, { closes, opens }] of outsideChanges([...old[side]()], [...now[side]()], change)) {
      if (closes) closed++;
      const [from, to] = side === "outbound" ? [idOf(workload), "external"] : ["external", idOf(workload)];
      if (opens) opened.push({ from, to });
    }
  }
  return { closed, opened: opened.sort((a, b) => (pairText(a) < pairText(b) ? -1 : 1)) };
}

function pairText({ from, to }: Difference["opened"][number]): string {
  return `${from} ${to}`;
}

function createChangeFinder(before: Network, after: Network): ChangeFinder {
  const known = new Map<number, Change>();
  return (old, now) => {
    const key = old * 0x4000000 + now;
    let made = known.get(key);
    if (made === undefined) {
      const [was, is] = [sureOf(before, old), sureOf(after, now)];
      made = { closes: !isEmpty(subtract(was, is)), opens: !isEmpty(subtract(is, was)) };
      known.set(key, made);
    }
    return made;
  };
}

function sureOf({ world }: Network, outcome: OutcomeId): PortSet {
  return outcome === NONE ? NO_PORTS : withoutOtherProtocols(world.outcomes.sureOf(outcome));
}

interface RowChange {
  readonly closes: number;
  readonly opens: readonly number[];
}

/** By source. Targets that are in the old row alone are counted by group. */
function* pairChanges(
  old: Connectivity,
  now: Connectivity,
  change: ChangeFinder,
): Generator<readonly [source: number, change: RowChange]> {
  const was = new Int32Array(old.workloads.length);
  const numbers = now.rowNumbers();
  for (const { sources, reached } of old.rows()) {
    let closes = 0;
    for (const { outcome, workloads } of reached) {
      for (const target of workloads) was[target] = outcome;
      if (change(outcome, NONE).closes) closes += workloads.length;
    }
    const rows = new Map<number, RowChange>();
    for (const source of sources) {
      const number = numbers[source] ?? 0;
      let made = rows.get(number);
      if (made === undefined) rows.set(number, (made = rowChange(now.row(number), was, closes, change)));
      yield [source, made];
    }
    for (const { workloads } of reached) for (const target of workloads) was[target] = NONE;
  }
}

function rowChange({ reached }: SourceRow, was: Int32Array, closes: number, change: ChangeFinder): RowChange {
  const opens: number[] = [];
  let left = closes;
  for (const { outcome, workloads } of reached) {
    for (const target of workloads) {
      const before = was[target] ?? NONE;
      const one = change(before, outcome);
      if (one.opens) opens.push(target);
      if (!one.closes && change(before, NONE).closes) left--;
    }
  }
  return { closes: left, opens };
}

/** A map speaks of IPv6 where somebody does; what only one of the two speaks of is no change. */
function* outsideChanges(
  old: readonly OutsideRow[],
  now: readonly OutsideRow[],
  change: ChangeFinder,
): Generator<readonly [workload: number, change: Change]> {
  const common = [old, now].every(speaksOfSix) ? EVERY_ADDRESS : EVERY_FOUR;
  const cut = (ranges: readonly OutsideRange[]): readonly OutsideRange[] =>
    ranges.map(({ outcome, addresses }) => ({ outcome, addresses: intersect(addresses, common) }));
  const rows = new Map<number, OutsideRow>();
  for (const row of old) for (const workload of row.workloads) rows.set(workload, row);
  for (const { workloads, outside } of now) {
    const known = new Map<OutsideRow | undefined, Change>();
    for (const workload of workloads) {
      const row = rows.get(workload);
      let made = known.get(row);
      if (made === undefined) known.set(row, (made = rangesChange(cut(row?.outside ?? []), cut(outside), change)));
      yield [workload, made];
    }
  }
}

function speaksOfSix(rows: readonly OutsideRow[]): boolean {
  return rows.some(({ outside }) => outside.some(({ addresses }) => hasFamily(addresses, 6)));
}

function rangesChange(old: readonly OutsideRange[], now: readonly OutsideRange[], change: ChangeFinder): Change {
  const pairs = [
    ...old.flatMap((one) =>
      now.map((other) => ({ ...one, after: other.outcome, addresses: intersect(one.addresses, other.addresses) })),
    ),
    ...old.map((one) => ({ ...one, after: NONE, addresses: subtract(one.addresses, addressesIn(now)) })),
    ...now.map(({ outcome, addresses }) => ({
      outcome: NONE,
      after: outcome,
      addresses: subtract(addresses, addressesIn(old)),
    })),
  ];
  const changes = pairs.flatMap(({ outcome, after, addresses }) => (isEmpty(addresses) ? [] : change(outcome, after)));
  return { closes: changes.some(({ closes }) => closes), opens: changes.some(({ opens }) => opens) };
}
