// When a log watched: its first and last moment, and stretches without a flow that are much longer than usual.

import type { ObservationGap, ObservationWindow } from "../../layers/network/generate/need.ts";

export interface Observation {
  /** Milliseconds since 1970; NaN when not known. */
  readonly saw: (start: number, end: number, flows: number) => void;
  readonly window: () => ObservationWindow;
  readonly gaps: () => readonly ObservationGap[];
}

const MINUTE = 60_000;
const MOST_SPANS = 65_536;
/** A record covers at most this long; longer ones are seen at their ends. */
const LONGEST_RECORD = 60 * MINUTE;
const SHORTEST_GAP = 10 * MINUTE;
const TIMES_THE_USUAL = 10;
const MOST_GAPS = 20;

/** Flat: at most 65,536 spans of time are remembered; over longer observations the spans grow. */
export function observe(source: string): Observation {
  let width = MINUTE;
  let spans = new Set<number>();
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let flows = 0;
  let last = Number.NaN;
  const mark = (time: number): void => {
    const span = Math.floor(time / width);
    if (span === last) return;
    last = span;
    spans.add(span);
    if (spans.size <= MOST_SPANS) return;
    width *= 2;
    spans = new Set([...spans].map((one) => one >> 1));
    last = Number.NaN;
  };
  const saw = (start: number, end: number, count: number): void => {
    flows += count;
    if (Number.isNaN(start)) return;
    const until = end >= start ? end : start;
    if (start < from) from = start;
    if (until > to) to = until;
    mark(start);
    if (until - start <= LONGEST_RECORD) for (let at = start + width; at < until; at += width) mark(at);
    if (until > start) mark(until);
  };
  const isKnown = (): boolean => from <= to;
  return {
    saw,
    window: () => ({ source, ...(isKnown() ? { from, to } : {}), flows }),
    gaps: () =>
      gapsIn(
        [...spans].sort((a, b) => a - b),
        width,
      ).map((gap) => ({ source, ...gap })),
  };
}

function gapsIn(spans: readonly number[], width: number): readonly { readonly from: number; readonly to: number }[] {
  const silences = spans.slice(1).map((span, index) => ({
    from: ((spans[index] ?? 0) + 1) * width,
    to: span * width,
  }));
  const lengths = silences.map(({ from, to }) => to - from + width).sort((a, b) => a - b);
  const usual = lengths[lengths.length >> 1] ?? width;
  const least = Math.max(SHORTEST_GAP, usual * TIMES_THE_USUAL);
  const long = silences.filter(({ from, to }) => to - from >= least);
  if (long.length <= MOST_GAPS) return long;
  const longest = long.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MOST_GAPS);
  return longest.sort((a, b) => a.from - b.from);
}
