// What a log can speak for: its window, its gaps, its levels and stages, and the events that were not used.

import type { AuditEvent } from "./audit-event.ts";

export interface LogCoverage {
  readonly events: number;
  /** RFC 3339 of the first and last request; empty without any. */
  readonly from: string;
  readonly to: string;
  /** Stretches of at least {@link GAP_MINUTES} minutes without a single event, the longest first. */
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly minutes: number }[];
  readonly levels: Readonly<Record<string, number>>;
  readonly stages: Readonly<Record<string, number>>;
  /** Refused by the authorizer. */
  readonly refused: number;
  /** Not authenticated, so never put to the authorizer. */
  readonly unauthenticated: number;
  /** Without a decision; taken as allowed. */
  readonly undecided: number;
  /** Panicked without a decision, so before the authorizer was asked. */
  readonly panicked: number;
  /** The same request once more: a second stage, or an overlapping file. */
  readonly repeated: number;
  /** Requests that no API server takes. */
  readonly unreadable: number;
  /** SubjectAccessReviews whose body the log does not have. */
  readonly unseenReviews: number;
}

/** A cluster is never silent that long: leases alone are renewed every few seconds. */
export const GAP_MINUTES = 15;

type Count = "refused" | "unauthenticated" | "undecided" | "panicked" | "repeated" | "unreadable" | "unseenReviews";

export interface CoverageCounter {
  readonly see: (event: AuditEvent) => void;
  readonly count: (what: Count) => void;
  readonly result: () => LogCoverage;
}

/** Memory grows with the minutes in the log only: 0.5 million in a year. */
export function createCoverage(): CoverageCounter {
  const levels = new Map<string, number>();
  const stages = new Map<string, number>();
  const counts: Record<Count, number> = {
    refused: 0,
    unauthenticated: 0,
    undecided: 0,
    panicked: 0,
    repeated: 0,
    unreadable: 0,
    unseenReviews: 0,
  };
  const minutes = new Set<string>();
  let lastMinute = "-";
  let events = 0;
  let from = "";
  let to = "";
  return {
    see: ({ level, stage, receivedAt }) => {
      events++;
      // There are four; a log that has made up many more must not fill memory and screen.
      const known = levels.has(level) || levels.size < MOST_LEVELS ? level : "…";
      levels.set(known, (levels.get(known) ?? 0) + 1);
      stages.set(stage, (stages.get(stage) ?? 0) + 1);
      if (receivedAt === "") return;
      if (from === "" || receivedAt < from) from = receivedAt;
      if (receivedAt > to) to = receivedAt;
      if (receivedAt.startsWith(lastMinute)) return;
      lastMinute = receivedAt.slice(0, MINUTE.length);
      minutes.add(lastMinute);
    },
    count: (what) => void counts[what]++,
    result: () => ({
      events,
      from,
      to,
      gaps: gapsIn([...minutes].toSorted()),
      levels: Object.fromEntries(levels),
      stages: Object.fromEntries(stages),
      ...counts,
    }),
  };
}

const MINUTE = "2026-11-25T02:48";
const MOST_GAPS = 20;
const MOST_LEVELS = 8;

function gapsIn(minutes: readonly string[]): LogCoverage["gaps"] {
  const gaps: { from: string; to: string; minutes: number }[] = [];
  for (let at = 1; at < minutes.length; at++) {
    const [before = "", after = ""] = [minutes[at - 1], minutes[at]];
    const between = minuteNumber(after) - minuteNumber(before);
    if (between >= GAP_MINUTES) gaps.push({ from: `${before}Z`, to: `${after}Z`, minutes: between });
  }
  return gaps.toSorted((one, other) => other.minutes - one.minutes).slice(0, MOST_GAPS);
}

/** Minutes since an epoch of its own; proleptic Gregorian days after Howard Hinnant's days_from_civil. */
function minuteNumber(text: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[-T:]/).map(Number);
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return ((era * 146_097 + dayOfEra) * 24 + hour) * 60 + minute;
}
