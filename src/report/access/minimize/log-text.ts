// What a log can speak for, in a few lines.

import type { LogCoverage } from "../../../layers/access/minimize/coverage.ts";
import type { Catalogue } from "../../catalogue.ts";
import { printable } from "../../printable.ts";
import type { MinimizeReport } from "./minimize-report.ts";

export function* logText({ log }: MinimizeReport, { say }: Catalogue): Generator<string> {
  const { coverage, identities } = log.usage;
  const window = { from: shortTime(coverage.from), to: shortTime(coverage.to) };
  const counts = { files: log.files, events: coverage.events, subjects: identities.length };
  yield say(coverage.from === "" ? "minimize.log-empty" : "minimize.log", { ...counts, ...window });
  if (coverage.events > 0) {
    yield say("minimize.levels", { levels: shares(coverage.levels), stages: shares(coverage.stages) });
    if (!hasBodies(coverage)) yield say("minimize.no-bodies");
  }
  for (const { from, to, minutes } of coverage.gaps.slice(0, 3))
    yield say("minimize.gap", { from: shortTime(from), to: shortTime(to), minutes });
  if (coverage.gaps.length > 3) yield say("minimize.more-gaps", { count: coverage.gaps.length - 3 });
  const { refused, unauthenticated, undecided, panicked, unreadable, unseenReviews } = coverage;
  const left = refused + unauthenticated + unreadable;
  if (left > 0) yield say("minimize.left-out", { refused, unauthenticated, unreadable });
  if (undecided > 0) yield say("minimize.undecided", { undecided });
  if (panicked > 0) yield say("minimize.panicked", { panicked });
  if (unseenReviews > 0) yield say("minimize.unseen-reviews", { unseenReviews });
  if (coverage.events > 0) yield say("minimize.policy");
}

function hasBodies({ levels }: LogCoverage): boolean {
  return (levels["Request"] ?? 0) + (levels["RequestResponse"] ?? 0) > 0;
}

function shares(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${printable(name) || "–"} ${count}`)
    .join(", ");
}

/** `2026-11-25T02:48:49.123456Z` to the minute. */
function shortTime(time: string): string {
  return printable(time.slice(0, 16).replace("T", " "));
}
