// The exit code of a scan: findings first, then completeness (design: commands.md, exit codes).

import { isAtLeast } from "../verdicts/severity.ts";
import { openGaps, type Report } from "./report.ts";

/** 1: a finding at or above `failOn`; 3: something was not evaluated; 0 otherwise. */
export function exitCodeOf({ failOn, findings, run }: Pick<Report, "failOn" | "findings" | "run">): 0 | 1 | 3 {
  if (failOn !== "none" && findings.some(({ rule }) => isAtLeast(rule.severity, failOn))) return 1;
  return openGaps(run.gaps).length > 0 ? 3 : 0;
}
