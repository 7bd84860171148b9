// `--audit-log FILE…`: the logs a command reads, as what each identity used.

import type { AuditEvent } from "../layers/access/minimize/audit-event.ts";
import { createUsage, type Usage } from "../layers/access/minimize/minimize.ts";
import { auditFiles, type AuditFile } from "../sources/audit-log/audit-files.ts";
import { readAuditLog } from "../sources/audit-log/read-audit-log.ts";
import type { Gap } from "../verdicts/gap.ts";
import { createProgress } from "./progress.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

export interface AuditUsage {
  readonly usage: Usage;
  readonly files: number;
  readonly bytes: number;
  readonly gaps: readonly Gap[];
}

/** The files of every `--audit-log`. Throws UsageError for one that does not exist, before anything is read. */
export function logFiles(logs: readonly string[], streams: Streams): readonly AuditFile[] {
  const found = auditFiles(logs, streams.directory);
  const missing = found.find(({ files }) => files === undefined);
  if (missing !== undefined) throw new UsageError("error.target-missing", { value: missing.argument });
  return found.flatMap((one) => one.files ?? []);
}

/** Reads every log, or the events of it that are asked for. */
export async function readUsage(
  files: readonly AuditFile[],
  streams: Streams,
  isMeant: (event: AuditEvent) => boolean = () => true,
): Promise<AuditUsage> {
  const usage = createUsage();
  const progress = createProgress(streams);
  try {
    const { stdin, signal } = streams;
    const take = (event: AuditEvent): void => {
      if (isMeant(event)) usage.add(event);
    };
    const read = await readAuditLog(files, take, { stdin, signal, onFile: progress.show });
    return { usage: usage.result(), files: files.length, ...read };
  } finally {
    progress.done();
  }
}
