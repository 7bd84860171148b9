// `--request-timeout` as kubectl reads it: seconds, or a Go duration; zero is no limit of one's own.

import { UsageError } from "../usage-error.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/y;

/** Milliseconds; `undefined` for no flag or zero. */
export function requestTimeoutOf(flag: string | undefined): number | undefined {
  if (flag === undefined) return undefined;
  const milliseconds = /^\d+$/.test(flag) ? Number(flag) * 1000 : durationOf(flag);
  if (milliseconds === undefined) throw new UsageError("error.request-timeout", { value: JSON.stringify(flag) });
  return milliseconds === 0 ? undefined : Math.round(milliseconds);
}

function durationOf(text: string): number | undefined {
  let sum = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (match === null) return undefined;
    sum += Number(match[1]) * (UNITS[match[2] ?? ""] ?? 0);
  }
  return text === "" ? undefined : sum;
}
