// A saved cluster: one JSON text a line, gzipped or not. The first line is the header, the last says how much there was,
// so that a file cut anywhere is recognized; every line between is a Kubernetes object as it is, or a gap. Objects are
// plain, so that `zcat dump | jq` reads them too.

import { array, boolean, integer, map, narrow, object, string, anything } from "../../kubernetes/shape.ts";

export const DUMP_VERSION = 1;
const HEADER = "ringwall.dump/v";
export const HEADER_SCHEMA = `${HEADER}${DUMP_VERSION}`;
export const GAP_SCHEMA = "ringwall.dump.gap/v1";
export const END_SCHEMA = "ringwall.dump.end/v1";
/** How every dump begins once unzipped; tells dumps from other JSON. */
export const DUMP_PREFIX = `{"schema":"${HEADER}`;

export interface DumpHeader {
  /** The API server, as messages name it. */
  readonly server: string;
  /** `v1.36.3`; empty when the server did not tell. */
  readonly kubernetesVersion: string;
  /** RFC 3339, UTC. */
  readonly takenAt: string;
  /** The Ringwall that wrote it. */
  readonly tool: string;
  /** The namespaces it is limited to; empty for all. */
  readonly namespaces: readonly string[];
}

/** Something the dump does not have, as `Gap` says it. */
export interface DumpGap {
  readonly code: string;
  readonly what: string;
  readonly reason: { readonly id: string; readonly arguments?: Readonly<Record<string, string | number>> };
  readonly isAccepted?: boolean;
  /** The kind that could not be listed. */
  readonly unread?: { readonly group: string; readonly kind: string };
}

export const headerShape = object({
  schema: string,
  server: string,
  kubernetesVersion: string,
  takenAt: string,
  tool: string,
  namespaces: array(string),
});
export const gapShape = object({
  schema: string,
  code: string,
  what: string,
  reason: object({ id: string, arguments: map(anything) }),
  isAccepted: boolean,
  unread: object({ group: string, kind: string }),
});
export const endShape = object({ schema: string, objects: integer, gaps: integer });

/** The format version a first line states; `undefined` when it is no header. */
export function headerVersion(line: unknown): string | undefined {
  const header = narrow(object({ schema: string }), line);
  const schema = header.ok ? (header.value.schema ?? "") : "";
  return schema.startsWith(HEADER) ? schema.slice(HEADER.length) : undefined;
}
