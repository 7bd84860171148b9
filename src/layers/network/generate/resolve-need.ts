// From needs to edges: each end to what a policy can select, each port to a number of the destination's pods.

import type { AddressSet } from "../address-set.ts";
import { singleAddress } from "../address-set.ts";
import { isEmpty, union } from "../interval-set.ts";
import type { Network, Workload } from "../network.ts";
import { ALL_PORTS, everyPortOf, isPortNumber, NO_PORTS, portRange, type PortSet } from "../port-set.ts";
import type { ServiceTarget } from "../services.ts";
import type { AddressesOf, Edge, EdgePeer, EdgePort, NamedException, UnmetNeed } from "./edge.ts";
import type { PolicyKind } from "./generated-policy.ts";
import type { KnownAddresses } from "./known-addresses.ts";
import type { Need, NeedEnd, NeedPort } from "./need.ts";
import { isIsolable, type Owner } from "./owner-selector.ts";

export interface Resolution {
  readonly edges: readonly Edge[];
  readonly unmet: readonly UnmetNeed[];
  readonly exceptions: readonly NamedException[];
}

export interface Surroundings {
  readonly network: Network;
  /** The owner that a workload belongs to; absent for workloads in the node's network. */
  readonly ownerOf: (workload: Workload) => Owner | undefined;
  readonly addresses: KnownAddresses;
  /** Namespaces that get a default deny. */
  readonly namespaces: ReadonlySet<string>;
}

/** Resolves needs that touch the given namespaces; others are nobody's business here. O(needs × pods of an end). */
export function resolveNeeds(needs: readonly Need[], surroundings: Surroundings, kind: PolicyKind): Resolution {
  const edges: Edge[] = [];
  const unmet: UnmetNeed[] = [];
  const exceptions: NamedException[] = [];
  for (const need of needs) {
    if (!touches(need.from, surroundings) && !touches(need.to, surroundings)) continue;
    if (isOfOwnNode(need, surroundings)) {
      exceptions.push({ need, code: "own-node" });
      continue;
    }
    const from = peerOf(need.from, surroundings);
    const to = peerOf(need.to, surroundings);
    const isUnlocatedSource = from === "nodes-unknown" || from === "api-server-unknown" || from === "domain";
    if (kind === "ClusterNetworkPolicy" && isUnlocatedSource) exceptions.push({ need, code: "source-address" });
    else if (typeof from === "string") unmet.push({ need, code: from });
    else if (typeof to === "string") unmet.push({ need, code: to });
    else {
      const ports = portsOf(need, to, surroundings);
      if (ports.length === 0) unmet.push({ need, code: "no-such-port" });
      if (kind === "ClusterNetworkPolicy" && from.kind === "addresses")
        exceptions.push({ need, code: "source-address" });
      for (const port of ports) edges.push({ from, to, port, need });
    }
  }
  return { edges, unmet, exceptions };
}

/**
 * What nodes do at a port that the kubelet probes is taken for its probes, always of the pod's own node; unless traffic
 * from outside comes to that port by way of other nodes.
 */
function isOfOwnNode({ from, to, port, because }: Need, { network }: Surroundings): boolean {
  if (from.kind !== "nodes" || !because.some(({ kind }) => kind === "probe")) return false;
  if (because.every(({ kind }) => kind === "probe") || to.kind !== "workload") return true;
  const pods = new Set(network.workloadNamed(to.id)?.pods);
  return !network.services().all.some(({ type, spec, ports }) => {
    const isDoor = type === "NodePort" || type === "LoadBalancer" || (spec.externalIPs ?? []).length > 0;
    return isDoor && ports.some(({ targets }) => targets.some((target) => pods.has(target.pod) && isAt(port, target)));
  });
}

function isAt(port: NeedPort, target: ServiceTarget): boolean {
  return port.kind !== "number" || target.port === port.port;
}

/** Whether one of the workloads that get policies may be the end. */
function touches(end: NeedEnd, { network, namespaces }: Surroundings): boolean {
  if (end.kind === "namespace") return namespaces.has(end.name);
  if (end.kind !== "workload") return false;
  const workload = network.workloadNamed(end.id);
  return workload === undefined || (namespaces.has(workload.namespace) && isIsolable(workload));
}

function peerOf(end: NeedEnd, { network, ownerOf, addresses }: Surroundings): EdgePeer | UnmetNeed["code"] {
  switch (end.kind) {
    case "workload": {
      const workload = network.workloadNamed(end.id);
      if (workload === undefined) return "unknown-workload";
      const owner = ownerOf(workload);
      if (owner !== undefined) return { kind: "owner", owner };
      const set = hostAddresses(workload);
      return blockOf(isEmpty(set) ? addresses.nodes : set, { kind: "host-network", name: end.id }) ?? "nodes-unknown";
    }
    case "addresses":
      return { kind: "addresses", set: end.set, of: { kind: "outside" } };
    case "domain": {
      const set = addresses.domains.get(end.name.toLowerCase());
      return blockOf(set ?? [], { kind: "domain", name: end.name }) ?? "domain";
    }
    case "nodes":
      return blockOf(addresses.nodes, { kind: "nodes" }) ?? "nodes-unknown";
    case "api-server":
      return blockOf(addresses.apiServer?.set ?? [], { kind: "api-server" }) ?? "api-server-unknown";
    default:
      return end;
  }
}

function blockOf(set: AddressSet, of: AddressesOf): EdgePeer | undefined {
  return isEmpty(set) ? undefined : { kind: "addresses", set, of };
}

function hostAddresses({ pods }: Workload): AddressSet {
  let set: AddressSet = [];
  for (const { addresses, nodeAddresses } of pods)
    for (const point of [...addresses, ...nodeAddresses]) set = union(set, singleAddress(point));
  return set;
}

function portsOf({ to, port }: Need, peer: EdgePeer, { addresses }: Surroundings): readonly EdgePort[] {
  const server = addresses.apiServer;
  if (to.kind === "api-server" && server !== undefined) {
    return server.ports.map((one) => ({ kind: "numbers", protocol: "TCP", first: one, last: one }));
  }
  if (port.kind === "number" && !isPortNumber(port.port)) return [];
  if (port.kind !== "named") return [plainPort(port)];
  if (peer.kind !== "owner") return [];
  const { protocol, name } = port;
  const pods = peer.owner.workloads.flatMap((workload) => workload.pods);
  const numbers = new Set<number>();
  for (const { ports } of pods)
    for (const one of ports) if (one.name === name && one.protocol === protocol) numbers.add(one.port);
  const [first] = numbers;
  if (first === undefined) return [];
  if (numbers.size === 1) return [{ kind: "numbers", protocol, first, last: first }];
  let ports: PortSet = NO_PORTS;
  for (const number of numbers) ports = union(ports, portRange(protocol, number, number));
  return [{ kind: "named", protocol, name, ports }];
}

function plainPort(port: Exclude<NeedPort, { readonly kind: "named" }>): EdgePort {
  switch (port.kind) {
    case "number":
      return { kind: "numbers", protocol: port.protocol, first: port.port, last: port.port };
    case "range":
      return { kind: "numbers", protocol: port.protocol, first: port.first, last: port.last };
    default:
      return port.protocol === undefined ? { kind: "all" } : { kind: "protocol", protocol: port.protocol };
  }
}

/** What a port of an edge opens on one workload; `named` differs between workloads. */
export function portSetOf(port: EdgePort, target: Workload | undefined): PortSet {
  switch (port.kind) {
    case "numbers":
      return portRange(port.protocol, port.first, port.last);
    case "protocol":
      return everyPortOf(port.protocol);
    case "all":
      return ALL_PORTS;
    default: {
      let set: PortSet = NO_PORTS;
      for (const { ports } of target?.pods ?? [])
        for (const { name, protocol, port: number } of ports)
          if (name === port.name && protocol === port.protocol) set = union(set, portRange(protocol, number, number));
      return set;
    }
  }
}
