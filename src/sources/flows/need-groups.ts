// From the flows between two ends over one protocol to needs: addresses of one port as one set, ports in a row as one
// range.

import type { AddressSet } from "../../layers/network/address-set.ts";
import type { AddressPoint } from "../../layers/network/address.ts";
import type { Need, NeedEnd, NeedPort, ObservedReason } from "../../layers/network/generate/need.ts";
import { INTERNET } from "../../layers/network/internet.ts";
import { contains } from "../../layers/network/interval-set.ts";
import type { Protocol } from "../../layers/network/port-set.ts";
import { addCounts, flowsOf, noCounts, type FlowCounts } from "./flow-table.ts";
import { internetWith, networkStart, setOf } from "./outside-addresses.ts";

/** Flows between two ends over one protocol. */
export interface Group {
  readonly from: NeedEnd;
  readonly to: NeedEnd;
  readonly protocol: Protocol;
  readonly ports: Map<number, Draft>;
}

export interface Draft {
  /** Of the edge itself while there is only one. */
  counts: FlowCounts;
  isOwn: boolean;
  /** At the end that is no workload. */
  readonly met: MetAddresses | undefined;
}

interface MetAddresses {
  /** As far as they are kept apart. */
  readonly points: AddressPoint[];
  /** Starts of the networks that hold those which are not of the internet. */
  readonly networks: Set<AddressPoint>;
}

/** More addresses than this at one port of one workload are the internet. */
const MOST_ADDRESSES = 256;

/** `outside`: addresses at the end that is no workload. */
export function addToGroup({ ports }: Group, port: number, counts: FlowCounts, outside: readonly AddressPoint[]): void {
  let draft = ports.get(port);
  if (draft === undefined) {
    const met = outside.length === 0 ? undefined : { points: [], networks: new Set<AddressPoint>() };
    ports.set(port, (draft = { counts, isOwn: false, met }));
  } else {
    if (!draft.isOwn) draft.counts = sumOf([draft.counts]);
    draft.isOwn = true;
    addCounts(draft.counts, counts);
  }
  for (const point of outside) {
    if (draft.met === undefined) continue;
    if (draft.met.points.length <= MOST_ADDRESSES) draft.met.points.push(point);
    if (!contains(INTERNET, point)) draft.met.networks.add(networkStart(point));
  }
}

function sumOf(all: readonly FlowCounts[]): FlowCounts {
  const sum = noCounts();
  for (const one of all) addCounts(sum, one);
  return sum;
}

/** More addresses than are kept apart. */
export function isMany({ met }: Draft): boolean {
  return met !== undefined && met.points.length > MOST_ADDRESSES;
}

/** As many ports in a row as this are a range: a name for each would be noise, and a scan would be a rule for each. */
const FEWEST_IN_RANGE = 3;

interface Run {
  readonly ports: readonly number[];
  readonly drafts: readonly Draft[];
  readonly addresses: AddressSet | undefined;
}

/** Runs of ports with addresses of their own that are kept apart. */
const MOST_RUNS = 256;

export interface GroupNeeds {
  readonly needs: readonly Need[];
  /** So many ports with addresses of their own that each port has the addresses of all. */
  readonly hasManyPorts: boolean;
}

/** Ports in a row with the same addresses are one need. What nodes do is told from probes by its port, so it stays. */
export function needsOfGroup({ from, to, protocol, ports }: Group, logs: readonly string[]): GroupNeeds {
  const isOfNodes = from.kind === "nodes" || to.kind === "nodes";
  const apart = runsOf(ports, addressesOf);
  const hasManyPorts = apart.length > MOST_RUNS && apart.some(({ addresses }) => addresses !== undefined);
  const common = hasManyPorts ? addressesOfAll([...ports.values()]) : undefined;
  const runs = hasManyPorts ? runsOf(ports, () => common) : apart;
  const needs = runs.flatMap(({ ports: run, drafts, addresses }) => {
    const needOf = (port: NeedPort, counts: FlowCounts): Need => ({
      from: narrowed(from, addresses),
      to: narrowed(to, addresses),
      port,
      because: [reasonOf(counts, logs)],
    });
    const [first = 0] = run;
    if (!isOfNodes && run.length >= FEWEST_IN_RANGE) {
      const last = first + run.length - 1;
      return [needOf({ kind: "range", protocol, first, last }, sumOf(drafts.map(({ counts }) => counts)))];
    }
    return drafts.map(({ counts }, index) => needOf({ kind: "number", protocol, port: first + index }, counts));
  });
  return { needs, hasManyPorts };
}

function narrowed(end: NeedEnd, set: AddressSet | undefined): NeedEnd {
  return end.kind === "addresses" && set !== undefined ? { ...end, set } : end;
}

function runsOf(
  ports: ReadonlyMap<number, Draft>,
  addressesAt: (draft: Draft) => AddressSet | undefined,
): readonly Run[] {
  const runs: { readonly ports: number[]; readonly drafts: Draft[]; readonly addresses: AddressSet | undefined }[] = [];
  for (const [port, draft] of [...ports].sort(([a], [b]) => a - b)) {
    const addresses = addressesAt(draft);
    const last = runs.at(-1);
    if (last !== undefined && last.ports.at(-1) === port - 1 && isSame(last.addresses, addresses)) {
      last.ports.push(port);
      last.drafts.push(draft);
    } else runs.push({ ports: [port], drafts: [draft], addresses });
  }
  return runs;
}

function addressesOf(draft: Draft): AddressSet | undefined {
  if (draft.met === undefined) return undefined;
  return isMany(draft) ? internetWith(draft.met.networks) : setOf(draft.met.points);
}

function addressesOfAll(drafts: readonly Draft[]): AddressSet {
  const points = new Set(drafts.flatMap(({ met }) => met?.points ?? []));
  if (points.size <= MOST_ADDRESSES && !drafts.some(isMany)) return setOf([...points]);
  return internetWith(new Set(drafts.flatMap(({ met }) => [...(met?.networks ?? [])])));
}

function isSame(one: AddressSet | undefined, other: AddressSet | undefined): boolean {
  return one?.length === other?.length && (one ?? []).every((point, index) => point === other?.[index]);
}

function reasonOf(counts: FlowCounts, logs: readonly string[]): ObservedReason {
  return {
    kind: "observed",
    flows: flowsOf(counts),
    ...(Number.isFinite(counts.first) ? { firstSeen: counts.first } : {}),
    ...(Number.isFinite(counts.last) ? { lastSeen: counts.last } : {}),
    sources: counts.logs.map((log) => logs[log] ?? "").toSorted(),
  };
}
