// What Go prints as it is inside %q (strconv.IsPrint). Its Unicode version is Go's, not the one of the engine we run on.

import { PRINTABLE_RUNS } from "./go-printable.generated.ts";

let boundaries: Uint32Array | undefined;

/** Whether strconv.IsPrint accepts the code point. */
export function isPrintableInGo(codePoint: number): boolean {
  boundaries ??= decodeRuns(PRINTABLE_RUNS);
  let low = 0;
  let high = boundaries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((boundaries[middle] ?? 0) <= codePoint) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1; // runs alternate, and the first is refused
}

function decodeRuns(runs: string): Uint32Array {
  let at = 0;
  return Uint32Array.from(runs.split(" "), (length) => (at += Number.parseInt(length, 36)));
}
