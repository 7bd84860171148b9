// What must be open when the policies are in place, and nothing else: by pairs of workloads, and with addresses outside.

import { EVERY_ADDRESS, type AddressSet } from "../address-set.ts";
import { contains, union } from "../interval-set.ts";
import type { Network, Workload } from "../network.ts";
import { ALL_PORTS, type PortSet } from "../port-set.ts";
import type { Direction } from "../policy.ts";
import type { Edge, EdgePeer } from "./edge.ts";
import type { Owner } from "./owner-selector.ts";
import { portSetOf } from "./resolve-need.ts";
import type { SilentOwner } from "./silent.ts";

/** Ports by workload, as a position in the network's list. */
export type Targets = Map<number, PortSet>;

export interface OutsideExpectation {
  readonly set: AddressSet;
  readonly ports: PortSet;
}

export interface Expectation {
  /** By source. */
  readonly pairs: ReadonlyMap<number, Targets>;
  readonly inbound: ReadonlyMap<number, readonly OutsideExpectation[]>;
  readonly outbound: ReadonlyMap<number, readonly OutsideExpectation[]>;
  /** Owners left open: by position the directions that are not looked at. */
  readonly open: { readonly ingress: ReadonlySet<number>; readonly egress: ReadonlySet<number> };
}

/** Expands edges to the workloads at their ends. O(edges × workloads at an end). */
export function expectationOf(
  network: Network,
  edges: readonly Edge[],
  silent: readonly SilentOwner[],
  isLimited: (workload: Workload) => boolean,
): Expectation {
  const position = new Map(network.workloads.map(({ id }, number) => [id, number]));
  const pairs = new Map<number, Targets>();
  const inbound = new Map<number, OutsideExpectation[]>();
  const outbound = new Map<number, OutsideExpectation[]>();
  const all = [...network.workloads.keys()];
  const hosts = all.filter((number) => network.workloads[number]?.pods.some(({ isHostNetwork }) => isHostNetwork));
  const inNamespace = Map.groupBy(all, (number) => network.workloads[number]?.namespace ?? "");
  const ofOwner = new Map<Owner, readonly number[]>();
  const numbersOf = (owner: Owner): readonly number[] => {
    const known = ofOwner.get(owner);
    if (known !== undefined) return known;
    const numbers = owner.workloads.flatMap(({ id }) => position.get(id) ?? []);
    ofOwner.set(owner, numbers);
    return numbers;
  };
  const openIn = (direction: Direction): ReadonlySet<number> =>
    new Set(silent.flatMap(({ owner, leftOpen }) => (leftOpen.includes(direction) ? numbersOf(owner) : [])));
  const open = { ingress: openIn("ingress"), egress: openIn("egress") };
  const isFree = (number: number, direction: Direction): boolean =>
    open[direction].has(number) || !isLimited(network.workloads[number] as Workload); // a position in the list
  const free = {
    egress: all.filter((number) => isFree(number, "egress")),
    ingress: all.filter((number) => isFree(number, "ingress")),
  };
  /** `direction`: what is asked of the end itself. */
  const workloadsOf = (peer: EdgePeer, direction: Direction): readonly number[] => {
    if (peer.kind === "owner") return numbersOf(peer.owner);
    if (peer.kind === "namespace") return inNamespace.get(peer.name) ?? [];
    return peer.kind === "addresses" ? onNodesAt(network, hosts, peer.set) : free[direction];
  };
  const sets = new Map<string, PortSet>();
  /** Equal sets as one value, so that what is worked out about one is known of all. */
  const interned = (ports: PortSet): PortSet => {
    const key = ports.join();
    const known = sets.get(key);
    if (known === undefined) sets.set(key, ports);
    return known ?? ports;
  };
  const addPair = (from: number, to: number, ports: PortSet): void => {
    let targets = pairs.get(from);
    if (targets === undefined) pairs.set(from, (targets = new Map<number, PortSet>()));
    const known = targets.get(to);
    targets.set(to, known === undefined ? ports : interned(union(known, ports)));
  };
  for (const { from, to, port } of edges) {
    const sources = workloadsOf(from, "egress");
    const targets = workloadsOf(to, "ingress");
    for (const target of targets) {
      const ports = interned(portSetOf(port, network.workloads[target]));
      for (const source of sources) addPair(source, target, ports);
      const set = addressesOf(from);
      if (set !== undefined) push(inbound, target, { set, ports });
    }
    const set = addressesOf(to);
    if (set !== undefined)
      for (const source of sources) push(outbound, source, { set, ports: portSetOf(port, undefined) });
  }
  for (const number of open.ingress) push(inbound, number, { set: EVERY_ADDRESS, ports: ALL_PORTS });
  for (const number of open.egress) push(outbound, number, { set: EVERY_ADDRESS, ports: ALL_PORTS });
  return { pairs, inbound, outbound, open };
}

/** Workloads in the network of nodes that have one of the addresses: to policies they are those addresses. */
function onNodesAt({ workloads }: Network, hosts: readonly number[], set: AddressSet): readonly number[] {
  return hosts.filter((number) =>
    workloads[number]?.pods.some(({ addresses }) => addresses.some((point) => contains(set, point))),
  );
}

function addressesOf(peer: EdgePeer): AddressSet | undefined {
  return peer.kind === "addresses" ? peer.set : peer.kind === "anywhere" ? EVERY_ADDRESS : undefined;
}

function push(map: Map<number, OutsideExpectation[]>, key: number, value: OutsideExpectation): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** What is expected of a pair, with what owners that are left open let through between themselves. */
export function expectedPorts(
  { pairs, open }: Expectation,
  from: number,
  to: number,
  isLimited: (workload: number) => boolean,
): PortSet | undefined {
  const isOpenSource = open.egress.has(from) || !isLimited(from);
  const isOpenTarget = open.ingress.has(to) || !isLimited(to);
  return isOpenSource && isOpenTarget ? ALL_PORTS : pairs.get(from)?.get(to);
}

export function idOf(workloads: readonly Workload[], number: number): string {
  return workloads[number]?.id ?? "";
}
