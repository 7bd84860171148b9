// Reads a dump back: the header first, then objects and gaps as they come, and at the end the proof that nothing is
// missing. A dump of another format version, or one that was cut, is an error and never a smaller cluster.

import { narrow, type Shape, type TypeOf } from "../../kubernetes/shape.ts";
import type { MessageArguments } from "../../verdicts/message.ts";
import { detachManagedFields } from "../api/managed-fields.ts";
import type { ServerProvenance } from "../api/server-provenance.ts";
import {
  DUMP_PREFIX,
  DUMP_VERSION,
  END_SCHEMA,
  GAP_SCHEMA,
  endShape,
  gapShape,
  headerShape,
  headerVersion,
  type DumpGap,
  type DumpHeader,
} from "./dump-format.ts";
import { DumpError } from "./dump-error.ts";
import { dumpLines, type DumpLine } from "./dump-lines.ts";

export type DumpEvent =
  | { readonly kind: "header"; readonly header: DumpHeader }
  /** `value` is an object as the server had it, still to be narrowed, like that of any source. */
  | { readonly kind: "object"; readonly value: unknown; readonly line: number; readonly provenance: ServerProvenance }
  | { readonly kind: "gap"; readonly gap: DumpGap };

/** Whether text begins as a dump does. Give the first 64 characters at least, unzipped. */
export function startsLikeDump(text: string): boolean {
  return withoutMark(text).startsWith(DUMP_PREFIX);
}

/** Yields the header, then everything else in order. Throws DumpError, at the latest at the end. */
export async function* readDump(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<DumpEvent, void> {
  let header: DumpHeader | undefined;
  let lastLine = 0;
  let objects = 0;
  let gaps = 0;
  let hasEnded = false;
  for await (const line of dumpLines(bytes, file)) {
    if (hasEnded) throw new DumpError("damaged", { file, line: line.number, detail: "text after the closing line" });
    const value = parse(line, file, header === undefined);
    lastLine = line.number;
    if (header === undefined) {
      header = readHeader(value, file);
      yield { kind: "header", header };
      continue;
    }
    const schema = schemaOf(value);
    if (schema === END_SCHEMA) {
      const end = read(endShape, value, line, file);
      if (end.objects !== objects || end.gaps !== gaps) {
        throw new DumpError("wrong-count", { file, expected: end.objects ?? 0, found: objects });
      }
      hasEnded = true; // read on: the checksum of gzip comes last
      continue;
    }
    if (schema === GAP_SCHEMA) {
      gaps++;
      yield { kind: "gap", gap: readGap(read(gapShape, value, line, file)) };
    } else {
      objects++;
      yield { kind: "object", value, line: line.number, provenance: provenanceOf(value, header.server) };
    }
  }
  if (header === undefined) throw new DumpError("not-a-dump", { file });
  if (!hasEnded) throw new DumpError("truncated", { file, line: lastLine });
}

/** Editors and shells put a byte order mark before what they save: it is a dump still, with all its gaps. */
function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function parse(line: DumpLine, file: string, isFirst: boolean): unknown {
  try {
    const value: unknown = JSON.parse(isFirst ? withoutMark(line.text) : line.text);
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value;
  } catch {
    // told below: the parser's words would quote the line
  }
  if (isFirst && !startsLikeDump(line.text)) throw new DumpError("not-a-dump", { file });
  if (line.isCut) throw new DumpError("truncated", { file, line: line.number - 1 });
  throw new DumpError("damaged", { file, line: line.number, detail: "no JSON object" });
}

function readHeader(value: unknown, file: string): DumpHeader {
  const version = headerVersion(value);
  if (version === undefined) throw new DumpError("not-a-dump", { file });
  if (version !== String(DUMP_VERSION)) throw new DumpError("unknown-version", { file, version, known: DUMP_VERSION });
  const header = narrow(headerShape, value);
  if (!header.ok) throw new DumpError("damaged", { file, line: 1, detail: "its header" });
  const { server, kubernetesVersion, takenAt, tool, namespaces } = header.value;
  return {
    server: server ?? "",
    kubernetesVersion: kubernetesVersion ?? "",
    takenAt: takenAt ?? "",
    tool: tool ?? "",
    namespaces: (namespaces ?? []).filter((name) => name !== null),
  };
}

function read<T>(shape: Shape<T>, value: unknown, line: DumpLine, file: string): T {
  const narrowed = narrow(shape, value);
  if (!narrowed.ok) throw new DumpError("damaged", { file, line: line.number, detail: "a field of the wrong type" });
  return narrowed.value;
}

function readGap({ code, what, reason, isAccepted, unread }: TypeOf<typeof gapShape>): DumpGap {
  const values = Object.entries(reason?.arguments ?? {}).filter(
    ([, value]) => typeof value === "string" || typeof value === "number",
  );
  return {
    code: code ?? "",
    what: what ?? "",
    reason: { id: reason?.id ?? "", arguments: Object.fromEntries(values) as MessageArguments }, // just filtered
    ...(isAccepted === true ? { isAccepted } : {}),
    ...(unread?.kind == null ? {} : { unread: { group: unread.group ?? "", kind: unread.kind } }),
  };
}

function schemaOf(value: unknown): unknown {
  return (value as { readonly schema?: unknown }).schema; // parse() lets objects only through
}

function provenanceOf(value: unknown, server: string): ServerProvenance {
  const { metadata } = value as { readonly metadata?: unknown }; // parse() lets objects only through
  if (metadata === null || typeof metadata !== "object") return { kind: "server", server, resourceVersion: "" };
  const managedFields = detachManagedFields(metadata);
  const version = "resourceVersion" in metadata ? metadata.resourceVersion : undefined;
  return {
    kind: "server",
    server,
    resourceVersion: typeof version === "string" ? version : "",
    ...(managedFields === undefined ? {} : { managedFields }),
  };
}
