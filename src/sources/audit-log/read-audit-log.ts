// Reads audit logs into a sink, file by file and line by line.

import type { Readable } from "node:stream";
import type { AuditEvent } from "../../layers/access/minimize/audit-event.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { createAuditFileReader } from "./audit-file-reader.ts";
import type { AuditFile } from "./audit-files.ts";
import { readAuditFile, readAuditStream } from "./audit-lines.ts";
import { createEventReader } from "./event-reader.ts";

export interface AuditLogRead {
  readonly bytes: number;
  readonly gaps: readonly Gap[];
}

export interface ReadAuditOptions {
  readonly stdin: Readable;
  readonly signal: AbortSignal;
  /** Called with each file before it is read. */
  readonly onFile?: (name: string) => void;
}

/** Reads the files in turn. Memory does not grow with them. */
export async function readAuditLog(
  files: readonly AuditFile[],
  take: (event: AuditEvent) => void,
  { stdin, signal, onFile }: ReadAuditOptions,
): Promise<AuditLogRead> {
  const reader = createEventReader();
  const gaps: Gap[] = [];
  let bytes = 0;
  for (const { name, path } of files) {
    onFile?.(name);
    const file = createAuditFileReader(name, reader, take);
    const read =
      path === undefined
        ? await readAuditStream(stdin, file.takeLine, signal)
        : await readAuditFile(path, file.takeLine, signal);
    bytes += read.bytes;
    gaps.push(...file.finish(read.failure));
  }
  return { bytes, gaps };
}
