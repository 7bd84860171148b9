// `--audit-log FILE…`: the logs a command reads, as what each identity used, and what they can prove.

import type { AuditEvent } from "../layers/access/minimize/audit-event.ts";
import type { LogCoverage } from "../layers/access/minimize/coverage.ts";
import { evidenceOf, type LogEvidence } from "../layers/access/minimize/log-evidence.ts";
import { createUsage, type Usage } from "../layers/access/minimize/minimize.ts";
import { auditFiles, type AuditFile } from "../sources/audit-log/audit-files.ts";
import { readAuditLog } from "../sources/audit-log/read-audit-log.ts";
import type { Gap } from "../verdicts/gap.ts";
import { createProgress } from "./progress.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

export interface AuditUsage {
  readonly usage: Usage;
  readonly evidence: LogEvidence;
  readonly files: number;
  readonly bytes: number;
  readonly gaps: readonly Gap[];
}

export interface LogFiles {
  /** As they were given. */
  readonly logs: readonly string[];
  readonly files: readonly AuditFile[];
  /** What of a folder is no file that can be read. */
  readonly gaps: readonly Gap[];
}

/** The files of every `--audit-log`. Throws UsageError for one that does not exist, before anything is read. */
export function logFiles(logs: readonly string[], streams: Streams): LogFiles {
  const found = auditFiles(logs, streams.directory);
  const missing = found.find(({ files }) => files === undefined);
  if (missing?.argument === "") throw new UsageError("error.minimize-log-needed", {});
  if (missing !== undefined) throw new UsageError("error.target-missing", { value: missing.argument });
  return {
    logs,
    files: found.flatMap((one) => one.files ?? []),
    gaps: found.flatMap(({ gaps }) => gaps),
  };
}

/** Reads every log, or the events of it that are asked for; of the others, that they are there. */
export async function readUsage(
  { logs, files, gaps: left }: LogFiles,
  streams: Streams,
  isMeant: (event: AuditEvent) => boolean = () => true,
): Promise<AuditUsage> {
  const reducer = createUsage();
  const progress = createProgress(streams);
  try {
    const { stdin, signal } = streams;
    const take = (event: AuditEvent): void => (isMeant(event) ? reducer.add(event) : reducer.pass(event));
    const read = await readAuditLog(files, take, { stdin, signal, onFile: progress.show });
    const usage = reducer.result();
    const unread = [...left, ...read.gaps];
    const evidence = evidenceOf(usage.coverage, unread.every(isOfTimeOnly));
    const gaps = [...unread, ...coverageGaps(usage.coverage, unread, logs)];
    return { usage, evidence, files: files.length, bytes: read.bytes, gaps };
  } finally {
    progress.done();
  }
}

/** Its event was read; only when it was is unknown. */
function isOfTimeOnly({ code, reason }: Gap): boolean {
  return code === "audit-time" || (code === "audit-more" && reason.arguments?.["code"] === "audit-time");
}

/** A log may be read to its end and still say little of what was decided. */
function coverageGaps(
  { events, stages }: LogCoverage,
  unread: readonly Gap[],
  logs: readonly string[],
): readonly Gap[] {
  const gap = (id: string): readonly Gap[] => [{ code: id, what: logs.join(", "), reason: { id } }];
  if (events === 0) return unread.length > 0 ? [] : gap("audit-no-events");
  if (events === stages["RequestReceived"]) return gap("audit-no-decisions");
  return (stages["ResponseComplete"] ?? 0) > 0 ? [] : gap("audit-no-completions");
}
