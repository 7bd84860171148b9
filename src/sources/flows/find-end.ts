// From what a log says about an end to what the cluster knows about it: a workload, a Service, the API server, a node,
// an address outside; or nothing.

import { parseAddress, type AddressPoint } from "../../layers/network/address.ts";
import { parseCidr, type AddressSet } from "../../layers/network/address-set.ts";
import { contains, union } from "../../layers/network/interval-set.ts";
import type { Network, Pod } from "../../layers/network/network.ts";
import type { ServiceView } from "../../layers/network/services.ts";
import { narrow, object, string } from "../../kubernetes/shape.ts";
import { ownCopy } from "../../kubernetes/own-copy.ts";
import type { FlowEnd } from "./flow-record.ts";
import { readTime } from "./flow-time.ts";
import { ownerByLabels, ownerByPodName } from "./pod-names.ts";

export type FoundEnd =
  | { readonly kind: "workload"; readonly id: string }
  | { readonly kind: "service"; readonly view: ServiceView }
  | { readonly kind: "address"; readonly point: AddressPoint }
  | { readonly kind: "outside" | "nodes" | "api-server" | "loopback" }
  /** As the log names it. */
  | { readonly kind: "unknown"; readonly name: string };

export interface EndOptions {
  /** Addresses that are surely not of the cluster, private ones too. */
  readonly outside?: AddressSet;
}

/** An end, and from when on it is this one: a pod has its address since it started, before that it was another's. */
export interface DatedEnd {
  readonly end: FoundEnd;
  /** Milliseconds since 1970; absent where it does not matter. */
  readonly since?: number;
}

export interface EndFinder {
  readonly find: (end: FlowEnd) => DatedEnd;
}

function workload(id: string | undefined): FoundEnd | undefined {
  return id === undefined ? undefined : { kind: "workload", id };
}

const OUTSIDE: FoundEnd = { kind: "outside" };
const NODES: FoundEnd = { kind: "nodes" };
const API_SERVER: FoundEnd = { kind: "api-server" };
const LOOPBACK: FoundEnd = { kind: "loopback" };

/** Addresses that pods, Services and nodes usually have: one of them that nobody knows is of something that is gone. */
const PRIVATE: AddressSet = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"]
  .map((cidr) => parseCidr(cidr)?.set ?? [])
  .reduce<AddressSet>(union, []);

export function createEndFinder(network: Network, options: EndOptions = {}): EndFinder {
  const workloadOf = new Map<Pod, string>();
  for (const { id, pods } of network.workloads) for (const pod of pods) workloadOf.set(pod, id);
  const services = network.services().byAddress();
  const apiServers = apiServerAddresses(network);
  const { podAt, nodesAt } = network.world;
  const { podCidrs } = network.world.options;
  const isOutside = (point: AddressPoint): boolean => {
    if (options.outside !== undefined && contains(options.outside, point)) return true;
    if (!contains(PRIVATE, point)) return true;
    return podCidrs !== undefined && !contains(podCidrs, point) && !isNearServices(point);
  };
  const serviceBlocks = new Set([...services.keys()].map(blockOf));
  const isNearServices = (point: AddressPoint): boolean => serviceBlocks.has(blockOf(point));

  const byAddress = (text: string): FoundEnd => {
    const point = parseAddress(text)?.point;
    if (point === undefined) return { kind: "unknown", name: ownCopy(text) };
    if (isLoopback(point)) return LOOPBACK;
    if (apiServers.has(point)) return API_SERVER;
    const service = services.get(point);
    if (service !== undefined) return isApiServerService(service) ? API_SERVER : { kind: "service", view: service };
    const pod = podAt.get(point);
    const known = pod === undefined ? undefined : workload(workloadOf.get(pod));
    if (known !== undefined) return known;
    if (nodesAt.has(point)) return NODES;
    return isOutside(point) ? { kind: "address", point } : { kind: "unknown", name: ownCopy(text) };
  };
  const byName = ({ namespace = "", pod, workload: name, labels }: FlowEnd): FoundEnd | undefined => {
    const live = pod === undefined ? undefined : network.podNamed(namespace, pod);
    const id =
      (live === undefined ? undefined : workloadOf.get(live)) ??
      (name === undefined ? undefined : workloadNamed(network, namespace, name)) ??
      (pod === undefined ? undefined : ownerByPodName(network, namespace, pod)?.id) ??
      (labels === undefined ? undefined : ownerByLabels(network, namespace, labels)?.id);
    return workload(id);
  };
  const find = (end: FlowEnd): FoundEnd => {
    if (
      end.namespace !== undefined &&
      (end.pod !== undefined || end.workload !== undefined || end.labels !== undefined)
    ) {
      const found = byName(end);
      if (found !== undefined) return found;
      const name = end.workload ?? end.pod ?? end.labels?.join();
      return { kind: "unknown", name: ownCopy(`${end.namespace}/${name ?? "?"}`) };
    }
    if (end.entity === "api-server") return API_SERVER;
    if (end.entity === "node" || end.entity === "ingress") return hostNetworkEnd(end) ?? NODES;
    if (end.address !== undefined) return surelyOutside(byAddress(end.address), end);
    return end.entity === "outside" ? OUTSIDE : { kind: "unknown", name: "?" };
  };
  return {
    find: (end) => {
      const found = find(end);
      if (found.kind !== "workload" || end.namespace !== undefined || end.address === undefined) return { end: found };
      const point = parseAddress(end.address)?.point;
      const since = point === undefined ? undefined : startOf(podAt.get(point));
      return { end: found, ...(since === undefined ? {} : { since }) };
    },
  };

  /** The API server may be among the nodes a plugin names. */
  function hostNetworkEnd({ address }: FlowEnd): FoundEnd | undefined {
    const point = address === undefined ? undefined : parseAddress(address)?.point;
    return point !== undefined && apiServers.has(point) ? API_SERVER : undefined;
  }
}

const podTimes = object({ metadata: object({ creationTimestamp: string }), status: object({ startTime: string }) });

function startOf(pod: Pod | undefined): number | undefined {
  const read = pod?.resource === undefined ? undefined : narrow(podTimes, pod.resource.object);
  if (read?.ok !== true) return undefined;
  const time = readTime(read.value.status?.startTime ?? read.value.metadata?.creationTimestamp);
  return Number.isNaN(time) ? undefined : time;
}

/** A plugin that says so knows every end of the cluster. */
function surelyOutside(found: FoundEnd, { entity, address = "" }: FlowEnd): FoundEnd {
  if (found.kind !== "unknown" || entity !== "outside") return found;
  const point = parseAddress(address)?.point;
  return point === undefined ? found : { kind: "address", point };
}

/** The /16 (IPv6: /64) that an address lies in: Services have neighbouring addresses. */
function blockOf(point: AddressPoint): AddressPoint {
  return typeof point === "number" ? Math.floor(point / 65536) : point >> 64n;
}

function workloadNamed(network: Network, namespace: string, name: string): string | undefined {
  if (name.endsWith("]")) {
    const exact = network.workloadNamed(`${namespace}/${name}`);
    if (exact !== undefined) return exact.id;
    // A ReplicaSet or Job of a workload: its name is the owner's with a suffix.
    const bare = name.slice(0, name.indexOf("["));
    return ownerByPodName(network, namespace, `${bare}-*`)?.id;
  }
  const owners = network.workloadsNamed(namespace, name);
  return owners.length === 1 ? owners[0]?.id : undefined;
}

function isLoopback(point: AddressPoint): boolean {
  return contains(LOOPBACKS, point);
}

const LOOPBACKS: AddressSet = union(parseCidr("127.0.0.0/8")?.set ?? [], parseCidr("::1/128")?.set ?? []);

function isApiServerService({ resource: { id } }: ServiceView): boolean {
  return id.namespace === "default" && id.name === "kubernetes";
}

/** Endpoints of `default/kubernetes`. */
function apiServerAddresses(network: Network): ReadonlySet<AddressPoint> {
  const addresses = new Set<AddressPoint>();
  for (const { outside, targets } of network.services().named("default", "kubernetes")?.ports ?? []) {
    for (const { addresses: set } of outside) if (set[0] !== undefined) addresses.add(set[0]);
    for (const { pod } of targets) for (const point of pod.addresses) addresses.add(point);
  }
  return addresses;
}
