// All pairs of ends: the egress row of the source and the ingress row of the destination, joined where both let
// something through. Sources with equal rows and equal columns are one profile and answered once.

import type { DirectionRows, Row } from "./direction-rows.ts";
import { intoBuckets, type Buckets } from "./buckets.ts";
import { createHashChains, hashOf } from "./hash-chains.ts";
import type { MapEnd } from "./map-ends.ts";
import { ALL, NONE, type OutcomeId } from "./outcome.ts";
import { createSparseRows, type SparseRow, type SparseRowContext } from "./sparse-row.ts";

/** The ends a source reaches; valid until the next row is asked for. */
export interface ReachedEnds {
  readonly count: number;
  readonly ends: Int32Array;
  readonly values: Int32Array;
}

export interface PairTable {
  /** Sources of one profile reach the same ends with the same ports. */
  readonly profileOf: Int32Array;
  readonly profileCount: number;
  /** What a profile reaches. O(what passes its egress), or O(what passes to it) where egress is open. */
  readonly reachedBy: (profile: number) => ReachedEnds;
}

/** Indexes in typed arrays are in range by construction. */
export function createPairTable(egress: DirectionRows, ingress: DirectionRows, context: SparseRowContext): PairTable {
  const { ends, outcomes } = context;
  const outRows = distinctRows(ends, egress, createSparseRows(egress, "egress", context));
  const inRows = distinctRows(ends, ingress, createSparseRows(ingress, "ingress", context));
  const columns = transpose(inRows.rows, ends.length);
  const { profileOf, samples } = profilesOf(outRows, membersByRow(outRows), columns);
  const members = membersByRow(inRows);

  const passing = new Int32Array(inRows.rows.length).map((_, row) => inRows.rows[row]!.fallback);
  const openRows = [...passing.keys()].filter((row) => passing[row] !== NONE);
  const reachedEnds = new Int32Array(ends.length);
  const reachedValues = new Int32Array(ends.length);
  const dense = new Int32Array(ends.length);
  let denseRow = -1;

  const fillDense = (number: number, { fallback, ends: list, values }: SparseRow): void => {
    if (denseRow === number) return;
    dense.fill(fallback);
    for (let at = 0; at < list.length; at++) dense[list[at]!] = values[at]!;
    denseRow = number;
  };

  const reachedBy = (profile: number): ReachedEnds => {
    const source = samples[profile]!;
    const outNumber = outRows.rowOf[source]!;
    const row = outRows.rows[outNumber]!;
    const from = columns.start[source]!;
    const to = columns.start[source + 1]!;
    for (let at = from; at < to; at++) passing[columns.rows[at]!] = columns.values[at]!;
    let count = 0;
    const join = (end: number, out: OutcomeId, into: OutcomeId): void => {
      const both = out === ALL ? into : into === ALL ? out : outcomes.intersect(out, into);
      if (both === NONE) return;
      reachedEnds[count] = end;
      reachedValues[count++] = both;
    };
    if (row.fallback === NONE) {
      for (let at = 0; at < row.ends.length; at++) {
        const end = row.ends[at]!;
        const into = passing[inRows.rowOf[end]!]!;
        if (into !== NONE) join(end, row.values[at]!, into);
      }
    } else {
      fillDense(outNumber, row);
      const joinRow = (inRow: number): void => {
        const into = passing[inRow]!;
        if (into === NONE) return;
        for (let at = members.start[inRow]!; at < members.start[inRow + 1]!; at++) {
          const end = members.items[at]!;
          join(end, dense[end]!, into);
        }
      };
      for (const inRow of openRows) joinRow(inRow);
      for (let at = from; at < to; at++) {
        const inRow = columns.rows[at]!;
        if (inRows.rows[inRow]!.fallback === NONE) joinRow(inRow);
      }
    }
    for (let at = from; at < to; at++) passing[columns.rows[at]!] = inRows.rows[columns.rows[at]!]!.fallback;
    return { count, ends: reachedEnds, values: reachedValues };
  };
  return { profileOf, profileCount: samples.length, reachedBy };
}

interface DistinctRows {
  readonly rowOf: Int32Array;
  readonly rows: readonly SparseRow[];
}

function distinctRows(ends: readonly MapEnd[], rows: DirectionRows, sparse: (row: Row) => SparseRow): DistinctRows {
  const numbers: (number | undefined)[] = [];
  const made: SparseRow[] = [];
  const rowOf = new Int32Array(ends.length);
  for (const [index, { peer }] of ends.entries()) {
    const row = rows.rowOf(peer);
    rowOf[index] = numbers[row.id] ??= made.push(sparse(row)) - 1;
  }
  return { rowOf, rows: made };
}

/** For each end, the rows where it is no fallback: `rows[start[end] … start[end + 1])`. */
interface Columns {
  readonly start: Int32Array;
  readonly rows: Int32Array;
  readonly values: Int32Array;
}

function transpose(rows: readonly SparseRow[], count: number): Columns {
  const start = new Int32Array(count + 1);
  for (const { ends } of rows) for (let at = 0; at < ends.length; at++) start[ends[at]! + 1]! += 1;
  for (let end = 0; end < count; end++) start[end + 1]! += start[end]!;
  const next = start.slice(0, count);
  const total = start[count] ?? 0;
  const columns: Columns = { start, rows: new Int32Array(total), values: new Int32Array(total) };
  for (const [number, { ends, values }] of rows.entries()) {
    for (let at = 0; at < ends.length; at++) {
      const place = next[ends[at]!]!++;
      columns.rows[place] = number;
      columns.values[place] = values[at]!;
    }
  }
  return columns;
}

/** The ends of each row. */
function membersByRow({ rowOf, rows }: DistinctRows): Buckets {
  return intoBuckets(rowOf, rows.length);
}

/** `samples`: one source of each profile. Profiles of one egress row stand together. */
function profilesOf({ rowOf: outRow }: DistinctRows, byRow: Buckets, columns: Columns) {
  const chains = createHashChains();
  const samples: number[] = [];
  const profileOf = new Int32Array(outRow.length);
  for (const end of byRow.items) {
    const hash = sourceHash(end, outRow[end]!, columns);
    let same = chains.first(hash);
    while (same >= 0 && !isSameSource(samples[same]!, end, outRow, columns)) same = chains.next(same);
    if (same < 0) {
      same = chains.add(hash);
      samples.push(end);
    }
    profileOf[end] = same;
  }
  return { profileOf, samples };
}

function sourceHash(end: number, outRow: number, { start, rows, values }: Columns): number {
  let hash = outRow;
  for (let at = start[end]!; at < start[end + 1]!; at++) hash = hashOf(hashOf(hash, rows[at]!), values[at]!);
  return hash;
}

function isSameSource(a: number, b: number, outRow: Int32Array, { start, rows, values }: Columns): boolean {
  const length = start[a + 1]! - start[a]!;
  if (outRow[a] !== outRow[b] || length !== start[b + 1]! - start[b]!) return false;
  for (let at = 0; at < length; at++) {
    const one = start[a]! + at;
    const other = start[b]! + at;
    if (rows[one] !== rows[other] || values[one] !== values[other]) return false;
  }
  return true;
}
