// From distinct connections to needs: Services become the workloads behind them, addresses of one workload and port one
// set, and what no end could be found for is listed.

import { INTERNET } from "../../layers/network/internet.ts";
import { formatAddress } from "../../layers/network/address.ts";
import type { Need, NeedEnd, UnresolvedFlow } from "../../layers/network/generate/need.ts";
import type { Network, Pod } from "../../layers/network/network.ts";
import type { FoundEnd } from "./find-end.ts";
import { isLetThrough, type Edge, type FlowCounts } from "./flow-table.ts";
import { addToGroup, isMany, needsOfGroup, type Draft, type Group } from "./need-groups.ts";

export interface EdgeNeeds {
  readonly needs: readonly Need[];
  readonly unresolved: readonly UnresolvedFlow[];
  /** Connections that were never let through: no need comes of them. */
  readonly denied: readonly DeniedFlow[];
  /** Workload ends with more addresses than are kept apart. */
  readonly manyAddresses: readonly string[];
  /** Workload ends with more ports that have addresses of their own than are kept apart. */
  readonly manyPorts: readonly string[];
}

export interface DeniedFlow {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly port: number;
  readonly flows: number;
}

const MOST_LISTED = 1000;

/** O(edges × backends). `logs`: names by number. */
export function needsOfEdges(
  network: Network,
  edges: readonly Edge[],
  ends: readonly FoundEnd[],
  logs: readonly string[],
): EdgeNeeds {
  const workloadOf = new Map<Pod, string>();
  for (const { id, pods } of network.workloads) for (const pod of pods) workloadOf.set(pod, id);
  const groups = new Map<string, Group>();
  const unresolved: UnresolvedFlow[] = [];
  const denied: DeniedFlow[] = [];
  const add = (from: FoundEnd, to: FoundEnd, port: number, { protocol, counts }: Edge): void => {
    if (!touchesWorkload(from, to)) return;
    const key = `${groupKey(from)} ${groupKey(to)} ${protocol}`;
    let group = groups.get(key);
    if (group === undefined)
      groups.set(key, (group = { from: endOf(from), to: endOf(to), protocol, ports: new Map<number, Draft>() }));
    const outside = [from, to].flatMap((end) => (end.kind === "address" ? [end.point] : []));
    addToGroup(group, port, counts, outside);
  };
  for (const edge of edges) {
    const from = ends[edge.from];
    const to = ends[edge.to];
    if (from === undefined || to === undefined || from.kind === "loopback" || to.kind === "loopback") continue;
    if (from.kind === "service") continue; // an answer that a load balancer's address gives
    if (from.kind === "unknown" || to.kind === "unknown") {
      if (unresolved.length < MOST_LISTED) unresolved.push(unresolvedFlow(from, to, edge));
      continue;
    }
    if (!isLetThrough(edge.counts)) {
      if (denied.length < MOST_LISTED) denied.push(deniedFlow(from, to, edge));
      continue;
    }
    if (to.kind !== "service") add(from, to, edge.port, edge);
    else {
      const backends = backendsOf(to, edge, workloadOf);
      for (const { end, port } of backends) add(from, end, port, edge);
      if (backends.length === 0 && unresolved.length < MOST_LISTED) unresolved.push(unresolvedFlow(from, to, edge));
    }
  }
  const all = [...groups.values()].map((group) => ({ ...group, ...needsOfGroup(group, logs) }));
  return {
    needs: all.flatMap(({ needs }) => needs),
    unresolved,
    denied,
    manyAddresses: all.flatMap(({ from, to, ports, hasManyPorts }) =>
      hasManyPorts ? [] : [...ports.values()].filter(isMany).map(() => nameOfNeedEnd(from, to)),
    ),
    manyPorts: all.filter(({ hasManyPorts }) => hasManyPorts).map(({ from, to }) => nameOfNeedEnd(from, to)),
  };
}

/** Policies are about pods: what neither end of is a workload is nobody's need. */
function touchesWorkload(from: FoundEnd, to: FoundEnd): boolean {
  return from.kind === "workload" || to.kind === "workload";
}

/** All addresses are one group. */
function groupKey(end: FoundEnd): string {
  return end.kind === "workload" ? end.id : end.kind === "outside" ? "address" : end.kind;
}

interface BackendEnd {
  readonly end: FoundEnd;
  readonly port: number;
}

function backendsOf(
  { view }: FoundEnd & { readonly kind: "service" },
  { protocol, port }: Edge,
  workloadOf: ReadonlyMap<Pod, string>,
): readonly BackendEnd[] {
  const found = view.ports.find((one) => one.port === port && one.protocol === protocol);
  const backends = new Map<string, BackendEnd>();
  for (const target of found?.targets ?? []) {
    const id = workloadOf.get(target.pod);
    if (id !== undefined) backends.set(`${id} ${target.port}`, { end: { kind: "workload", id }, port: target.port });
  }
  for (const { addresses, port: number } of found?.outside ?? []) {
    const [point] = addresses;
    if (point !== undefined) backends.set(`${point} ${number}`, { end: { kind: "address", point }, port: number });
  }
  return [...backends.values()];
}

function endOf(end: FoundEnd): NeedEnd {
  switch (end.kind) {
    case "workload":
      return { kind: "workload", id: end.id };
    case "nodes":
    case "api-server":
      return { kind: end.kind };
    default:
      return { kind: "addresses", set: INTERNET }; // narrowed to the addresses met, where they are known
  }
}

export function nameOfEnd(end: FoundEnd): string {
  switch (end.kind) {
    case "workload":
      return end.id;
    case "service":
      return `svc/${end.view.resource.id.namespace}/${end.view.resource.id.name}`;
    case "address":
      return formatAddress(end.point);
    case "unknown":
      return end.name;
    default:
      return end.kind;
  }
}

function nameOfNeedEnd(from: NeedEnd, to: NeedEnd): string {
  return from.kind === "workload" ? from.id : to.kind === "workload" ? to.id : "";
}

function unresolvedFlow(from: FoundEnd, to: FoundEnd, { protocol, port, counts }: Edge): UnresolvedFlow {
  return {
    source: nameOfEnd(from),
    destination: nameOfEnd(to),
    protocol,
    port,
    flows: totalOf(counts),
    code: from.kind === "unknown" ? "unknown-source" : "unknown-destination",
  };
}

function deniedFlow(from: FoundEnd, to: FoundEnd, { protocol, port, counts }: Edge): DeniedFlow {
  return { source: nameOfEnd(from), destination: nameOfEnd(to), protocol, port, flows: totalOf(counts) };
}

function totalOf({ source, destination }: FlowCounts): number {
  return Math.max(1, sumOf(source), sumOf(destination));
}

function sumOf({ allowed, audited, denied }: FlowCounts["source"]): number {
  return allowed + audited + denied;
}
