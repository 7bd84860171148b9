// Flows whose direction nobody told: both ports are of the range that clients use, or neither is. The server's port is
// the one that many ports of the other side met.

import type { Protocol } from "../../layers/network/port-set.ts";
import { addCounts, count, flowsOf, noCounts, type Edge, type EndNumber, type FlowCounts } from "./flow-table.ts";
import type { FlowRecord } from "./flow-record.ts";

/** As if `port` of `to` were the server's. */
interface Candidate {
  readonly from: EndNumber;
  readonly to: EndNumber;
  readonly protocol: Protocol;
  readonly port: number;
  /** Ports of the other side, as far as they are needed. */
  readonly opposites: number[];
  readonly counts: FlowCounts;
}

export interface UnclearFlow {
  readonly from: EndNumber;
  readonly to: EndNumber;
  readonly protocol: Protocol;
  readonly port: number;
  readonly flows: number;
}

export interface UnclearFlows {
  /** False when too many are waiting. */
  readonly add: (from: EndNumber, to: EndNumber, record: FlowRecord, log: number) => boolean;
  readonly settle: () => { readonly edges: readonly Edge[]; readonly unclear: readonly UnclearFlow[] };
}

const ENOUGH_OPPOSITES = 2;
const MOST_CANDIDATES = 50_000;

export function createUnclearFlows(most = MOST_CANDIDATES): UnclearFlows {
  let candidates = new Map<string, Candidate>();
  let isPruned = false;
  const put = (
    from: EndNumber,
    to: EndNumber,
    port: number,
    opposite: number,
    record: FlowRecord,
    log: number,
  ): boolean => {
    const key = keyOf(from, to, record.protocol, port);
    let candidate = candidates.get(key);
    if (candidate === undefined) {
      if (candidates.size >= most) return false;
      candidate = { from, to, protocol: record.protocol, port, opposites: [], counts: noCounts() };
      candidates.set(key, candidate);
    }
    const { opposites } = candidate;
    if (opposites.length < ENOUGH_OPPOSITES && !opposites.includes(opposite)) opposites.push(opposite);
    count(candidate.counts, record, log);
    return true;
  };
  return {
    add: (from, to, record, log) => {
      const { sourcePort, destinationPort } = record;
      if (candidates.size + 2 > most && !isPruned) {
        candidates = withoutMet(candidates);
        isPruned = candidates.size + 2 > most;
      }
      const forward = put(from, to, destinationPort, sourcePort, record, log);
      const server = candidates.get(keyOf(from, to, record.protocol, destinationPort));
      if ((server?.opposites.length ?? 0) >= ENOUGH_OPPOSITES) return forward; // the other way is settled
      return put(to, from, sourcePort, destinationPort, record, log) || forward;
    },
    settle: () => {
      const all = [...candidates.values()];
      const edges = all
        .filter(isServer)
        .map(({ from, to, protocol, port, counts }) => ({ from, to, protocol, port, counts }));
      return {
        edges: merged(edges),
        unclear: all.filter((one) => !isServer(one) && !isMet(candidates, one)).flatMap(unclearOf),
      };
    },
  };
}

function keyOf(from: EndNumber, to: EndNumber, protocol: Protocol, port: number): string {
  return `${from} ${to} ${protocol} ${port}`;
}

function isServer({ opposites }: Candidate): boolean {
  return opposites.length >= ENOUGH_OPPOSITES;
}

/** Its only flows are those with a port that is known by now to be the server's. */
function isMet(candidates: ReadonlyMap<string, Candidate>, { from, to, protocol, opposites }: Candidate): boolean {
  return opposites.every((port) => {
    const opposite = candidates.get(keyOf(to, from, protocol, port));
    return opposite !== undefined && isServer(opposite);
  });
}

function withoutMet(candidates: ReadonlyMap<string, Candidate>): Map<string, Candidate> {
  return new Map([...candidates].filter(([, one]) => isServer(one) || !isMet(candidates, one)));
}

/** Each flow stands twice, once for either direction: the one as written is told. */
function unclearOf({ from, to, protocol, port, opposites, counts }: Candidate): readonly UnclearFlow[] {
  const isTwin = from > to || (from === to && port > (opposites[0] ?? 0));
  return isTwin ? [] : [{ from, to, protocol, port, flows: Math.max(1, flowsOf(counts)) }];
}

function merged(edges: readonly Edge[]): readonly Edge[] {
  const byKey = new Map<string, Edge>();
  for (const edge of edges) {
    const key = keyOf(edge.from, edge.to, edge.protocol, edge.port);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, edge);
    else addCounts(known.counts, edge.counts);
  }
  return [...byKey.values()];
}
