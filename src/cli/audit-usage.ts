// `--audit-log FILE…`: the logs a command reads, as what each identity used.

import { createUsage, type Usage } from "../layers/access/minimize/minimize.ts";
import { auditFiles } from "../sources/audit-log/audit-files.ts";
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

/** Reads every log. Throws UsageError for a file that does not exist. */
export async function readUsage(logs: readonly string[], streams: Streams): Promise<AuditUsage> {
  const found = auditFiles(logs, streams.directory);
  const missing = found.find(({ files }) => files === undefined);
  if (missing !== undefined) throw new UsageError("error.target-missing", { value: missing.argument });
  const files = found.flatMap((one) => one.files ?? []);
  const usage = createUsage();
  const progress = createProgress(streams);
  try {
    const { stdin, signal } = streams;
    const read = await readAuditLog(files, usage.add, { stdin, signal, onFile: progress.show });
    return { usage: usage.result(), files: files.length, ...read };
  } finally {
    progress.done();
  }
}
