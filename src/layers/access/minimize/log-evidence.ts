// How far a log can be trusted to hold what was used: only of a whole one may be said that what is not in it was not used.

import type { LogCoverage } from "./coverage.ts";

export type LogEvidence =
  | "whole"
  /** What it shows was used. What it does not show may have been used all the same. */
  | "part"
  /** Without a single answer to a request, it says nothing of use. */
  | "none";

/**
 * `isRead` tells whether every line was read. Answers are logged at ResponseComplete; ResponseStarted, which only long
 * running requests have, and Panic alone leave all others out (k8s.io/apiserver/pkg/endpoints/filters/audit.go).
 */
export function evidenceOf(
  { events, stages, panicked }: Pick<LogCoverage, "events" | "stages" | "panicked">,
  isRead: boolean,
): LogEvidence {
  if (events <= (stages["RequestReceived"] ?? 0) + panicked) return "none";
  return isRead && (stages["ResponseComplete"] ?? 0) > 0 ? "whole" : "part";
}
