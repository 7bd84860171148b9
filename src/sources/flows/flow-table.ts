// Distinct connections of all logs with their counts: what is kept of any number of flows. Bounded, and says when a
// bound was met.

import type { Protocol } from "../../layers/network/port-set.ts";
import type { FoundEnd } from "./find-end.ts";
import type { FlowRecord } from "./flow-record.ts";

/** Number of an interned end. */
export type EndNumber = number;

export interface FlowCounts {
  /** By who reported it and what became of it. */
  readonly source: Record<FlowRecord["verdict"], number>;
  readonly destination: Record<FlowRecord["verdict"], number>;
  /** Milliseconds since 1970; infinite when not known. */
  first: number;
  last: number;
  /** Numbers of the logs. */
  readonly logs: number[];
}

export interface Edge {
  readonly from: EndNumber;
  readonly to: EndNumber;
  readonly protocol: Protocol;
  /** As the log has it: of the Service, where the destination is one. */
  readonly port: number;
  readonly counts: FlowCounts;
}

const PORT_STRIDE = 65536;
const PROTOCOL_NUMBERS: Readonly<Record<Protocol, number>> = { TCP: 0, UDP: 1, SCTP: 2 };

export const MOST_EDGES = 200_000;
const MOST_ENDS = 100_000;

export interface EndNumbers {
  /** `undefined` when there are too many already. */
  readonly numberOf: (end: FoundEnd) => EndNumber | undefined;
  readonly all: readonly FoundEnd[];
}

/** Equal ends get one number; at most 100,000. */
export function createEndNumbers(): EndNumbers {
  const numbers = new Map<string, EndNumber>();
  const all: FoundEnd[] = [];
  return {
    all,
    numberOf: (end) => {
      const key = keyOf(end);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      if (all.length >= MOST_ENDS) return undefined;
      numbers.set(key, all.length);
      return all.push(end) - 1;
    },
  };
}

function keyOf(end: FoundEnd): string {
  switch (end.kind) {
    case "workload":
      return `w ${end.id}`;
    case "service":
      return `s ${end.view.resource.id.namespace}/${end.view.resource.id.name}`;
    case "address":
      return `a ${end.point}`;
    case "unknown":
      return `u ${end.name}`;
    default:
      return end.kind;
  }
}

export interface EdgeTable {
  /** False when there are too many edges already. */
  readonly add: (from: EndNumber, to: EndNumber, port: number, record: FlowRecord, log: number) => boolean;
  readonly all: () => readonly Edge[];
  readonly size: () => number;
}

export function createEdgeTable(most = MOST_EDGES): EdgeTable {
  // By from, to, and protocol with port: small whole numbers are the keys that maps find fastest.
  const tables: (Map<EndNumber, Map<number, Edge>> | undefined)[] = [];
  const edges: Edge[] = [];
  return {
    size: () => edges.length,
    add: (from, to, port, record, log) => {
      const portKey = PROTOCOL_NUMBERS[record.protocol] * PORT_STRIDE + port;
      let table = tables[from];
      let ports = table?.get(to);
      let edge = ports?.get(portKey);
      if (edge === undefined) {
        if (edges.length >= most) return false;
        edge = { from, to, protocol: record.protocol, port, counts: noCounts() };
        edges.push(edge);
        if (table === undefined) tables[from] = table = new Map<EndNumber, Map<number, Edge>>();
        if (ports === undefined) table.set(to, (ports = new Map<number, Edge>()));
        ports.set(portKey, edge);
      }
      count(edge.counts, record, log);
      return true;
    },
    all: () => edges,
  };
}

export function noCounts(): FlowCounts {
  return {
    source: { allowed: 0, audited: 0, denied: 0 },
    destination: { allowed: 0, audited: 0, denied: 0 },
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    logs: [],
  };
}

export function count(counts: FlowCounts, record: FlowRecord, log: number): void {
  counts[record.seenAt][record.verdict] += record.count;
  if (record.start < counts.first) counts.first = record.start;
  const end = record.end >= record.start ? record.end : record.start;
  if (end > counts.last) counts.last = end;
  if (!counts.logs.includes(log)) counts.logs.push(log);
}

/** Adds the counts of the same connection from elsewhere. */
export function addCounts(to: FlowCounts, from: FlowCounts): void {
  for (const side of ["source", "destination"] as const) {
    for (const verdict of ["allowed", "audited", "denied"] as const) to[side][verdict] += from[side][verdict];
  }
  to.first = Math.min(to.first, from.first);
  to.last = Math.max(to.last, from.last);
  for (const log of from.logs) if (!to.logs.includes(log)) to.logs.push(log);
}

/** What the destination says decides where it speaks: what was let out may not have been let in. */
export function isLetThrough({ source, destination }: FlowCounts): boolean {
  const told = destination.allowed + destination.audited + destination.denied > 0 ? destination : source;
  return told.allowed + told.audited > 0;
}

export function flowsOf({ source, destination }: FlowCounts): number {
  return Math.max(source.allowed + source.audited, destination.allowed + destination.audited);
}
