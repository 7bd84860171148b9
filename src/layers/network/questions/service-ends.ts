// Services as ends of assertions: the workloads behind them, each with the pod ports that the Service's ports become.

import { familyOf, parseAddress, type AddressFamily } from "../address.ts";
import type { AddressSet } from "../address-set.ts";
import type { EndSet } from "../assertion.ts";
import type { End } from "../end.ts";
import { contains, isEmpty, union } from "../interval-set.ts";
import type { Network, Pod } from "../network.ts";
import { ALL_PORTS, NO_PORTS, portPoint, portRange, type PortSet } from "../port-set.ts";
import type { ServiceView } from "../services.ts";

const NO_ADDRESSES: AddressSet = [];
const NO_WORKLOADS: ReadonlySet<number> = new Set();

export interface ServiceEnds {
  readonly ends: EndSet;
  readonly ports: PortSet;
}

/** `svc/NAMESPACE/NAME`, or its address; `undefined` where the text has another form or nothing has the name. */
export function serviceNamed(network: Network, text: string): ServiceView | undefined {
  const point = parseAddress(text)?.point;
  if (point !== undefined) {
    const services = network.services();
    const found = services.byAddress().get(point) ?? services.byLoadBalancer().get(point);
    return network.world.podAt.has(point) ? undefined : found;
  }
  const [prefix, namespace = "", name = "", more] = text.split("/");
  return prefix === "svc" && more === undefined ? network.services().named(namespace, name) : undefined;
}

/** The pods of a Service, whatever ports they have. */
function podsBehind({ pods, ports }: ServiceView): readonly Pod[] {
  return [...new Set([...pods, ...ports.flatMap(({ targets }) => targets.map(({ pod }) => pod))])];
}

/** The endpoints that are no pod of the input. */
function addressesBehind({ ports }: ServiceView): AddressSet {
  return ports.flatMap(({ outside }) => outside).reduce((set, one) => union(set, one.addresses), NO_ADDRESSES);
}

/** A Service that connects to others: its pods do. `undefined` where nothing is behind it. */
export function sourceBehind(service: ServiceView): End | undefined {
  const pods = podsBehind(service);
  if (pods.length > 0) return { kind: "pods", pods };
  const set = addressesBehind(service);
  return isEmpty(set) ? undefined : { kind: "addresses", set };
}

/**
 * The family that connections to a Service have, by its own addresses or `ipFamilies` (a dual-stack Service leaves the
 * choice): its backends of the other family are not behind it. `none` where the wanted family is not among them.
 */
export function familyThrough(
  { spec: { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } }: ServiceView,
  wanted: AddressFamily | undefined,
): AddressFamily | "none" | undefined {
  const points = [clusterIP, ...(clusterIPs ?? [])].flatMap((text) => parseAddress(text ?? "")?.point ?? []);
  const written = (ipFamilies ?? []).flatMap((name): AddressFamily[] =>
    name === "IPv4" ? [4] : name === "IPv6" ? [6] : [],
  );
  const families = new Set([...points.map(familyOf), ...written]);
  const mayGetMore = ipFamilyPolicy === "PreferDualStack" || ipFamilyPolicy === "RequireDualStack";
  if (families.size === 0 || (families.size === 1 && mayGetMore)) return wanted; // the API server adds the other one
  if (wanted !== undefined) return families.has(wanted) ? wanted : "none";
  const [only] = families;
  return families.size === 1 ? only : undefined;
}

/** The workloads behind a Service, and endpoints that are no pod. */
export function workloadsBehind(network: Network, service: ServiceView): EndSet {
  return { ...workloadsOf(network, podsBehind(service)), addresses: addressesBehind(service) };
}

function workloadsOf({ workloads }: Network, pods: readonly Pod[]): EndSet {
  const wanted = new Set(pods);
  const positions = [...workloads.keys()].filter((position) =>
    workloads[position]?.pods.some((pod) => wanted.has(pod)),
  );
  return { workloads: new Set(positions), addresses: NO_ADDRESSES };
}

/** The workload of the pod that has an address. */
export function workloadAt({ world, workloads }: Network, text: string): EndSet | undefined {
  const point = parseAddress(text)?.point;
  const pod = point === undefined ? undefined : world.podAt.get(point);
  const position = pod === undefined ? -1 : workloads.findIndex(({ pods }) => pods.includes(pod));
  return position === -1 ? undefined : { workloads: new Set([position]), addresses: NO_ADDRESSES };
}

/** What is behind some ports of a Service: workloads with the same pod ports together, then addresses by port. */
export function endsBehind(network: Network, service: ServiceView, asked: PortSet): readonly ServiceEnds[] {
  // A headless Service gives the addresses of its pods: any of their ports can be tried.
  if (service.isHeadless && service.pods.length > 0)
    return [{ ends: workloadsOf(network, service.pods), ports: asked }];
  const ports = new Map<number, PortSet>();
  for (const { position, protocol, port, number } of targetsOf(network, service)) {
    if (!contains(asked, portPoint(protocol, port))) continue;
    ports.set(position, union(ports.get(position) ?? NO_PORTS, portRange(protocol, number, number)));
  }
  const groups = Map.groupBy(ports, ([, set]) => set.join());
  const workloads = [...groups.values()].map((group) => ({
    ends: { workloads: new Set(group.map(([position]) => position)), addresses: NO_ADDRESSES },
    ports: group[0]?.[1] ?? NO_PORTS,
  }));
  const others = service.ports
    .filter(({ protocol, port }) => contains(asked, portPoint(protocol, port)))
    .flatMap(({ protocol, outside }) =>
      outside.map(({ addresses, port }) => ({
        ends: { workloads: NO_WORKLOADS, addresses },
        ports: portRange(protocol, port, port),
      })),
    );
  return [...workloads, ...others];
}

/** The ports of the Service itself. */
export function portsOf({ ports, isHeadless }: ServiceView): PortSet {
  if (isHeadless) return ALL_PORTS;
  return ports.reduce((set, { protocol, port }) => union(set, portRange(protocol, port, port)), NO_PORTS);
}

function targetsOf({ workloads }: Network, { ports }: ServiceView) {
  const positions = new Map(workloads.flatMap(({ pods }, position) => pods.map((pod) => [pod, position] as const)));
  return ports.flatMap(({ protocol, port, targets }) =>
    targets.flatMap(({ pod, port: number }) => {
      const position = positions.get(pod);
      return position === undefined ? [] : [{ position, protocol, port, number }];
    }),
  );
}
