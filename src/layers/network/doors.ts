// Services as doors from outside, for the rules about them.

import type { Resource } from "../../cluster/resource.ts";
import { EVERY_FOUR, parseCidr, type AddressSet } from "./address-set.ts";
import type { EntryPoint } from "./entry-points.ts";
import { INTERNET } from "./internet.ts";
import { intersect, isEmpty, subtract, union } from "./interval-set.ts";
import type { NetworkFault } from "./network-rule.ts";
import type { NetworkView } from "./network-view.ts";
import type { ServiceView } from "./services.ts";

export interface JudgedService {
  readonly resource: Resource;
  readonly view: ServiceView;
}

export function services({ network, originalOf }: NetworkView): readonly JudgedService[] {
  return network.services().all.map((view) => ({ resource: originalOf(view.resource), view }));
}

const doors = new WeakMap<NetworkView, ReadonlyMap<Resource, readonly EntryPoint[]>>();

/** Every door of the input by the object that opens it. Worked out once for all rules. */
export function doorsByObject(view: NetworkView): ReadonlyMap<Resource, readonly EntryPoint[]> {
  let found = doors.get(view);
  if (found === undefined) doors.set(view, (found = Map.groupBy(view.network.entryPoints(), (door) => door.resource)));
  return found;
}

/** The doors that a Service opens itself. */
function doorsOf(view: NetworkView, { view: { resource } }: JudgedService): readonly EntryPoint[] {
  return doorsByObject(view).get(resource) ?? [];
}

/** By the annotation of the cloud (their documentation of internal load balancers). */
const INTERNAL: readonly (readonly [annotation: string, value: RegExp])[] = [
  ["networking.gke.io/load-balancer-type", /^internal$/i],
  ["cloud.google.com/load-balancer-type", /^internal$/i],
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(true|0\.0\.0\.0\/0)$/i],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/i],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/i],
  ["service.beta.kubernetes.io/openstack-internal-load-balancer", /^true$/i],
];

export function isInternal({ view: { resource } }: JudgedService): boolean {
  return isInternalLoadBalancer(resource);
}

export function isInternalLoadBalancer({ object }: Resource): boolean {
  const annotations = object.metadata?.annotations ?? {};
  return INTERNAL.some(([name, value]) => value.test(annotations[name] ?? ""));
}

/** Every public IPv4 address. */
export const PUBLIC: AddressSet = intersect(INTERNET, EVERY_FOUR);

/** Every public IPv4 address may knock, and not every pod behind it is closed by policies. */
export function opensToEverybody(service: JudgedService, view: NetworkView): boolean {
  return doorsOf(view, service).some(
    ({ sources, targets }) =>
      isEmpty(subtract(PUBLIC, sources)) &&
      (targets.length === 0 || targets.some(({ reach }) => reach.verdict !== "denied")),
  );
}

/** IANA service names and the defaults of what listens there. */
const SENSITIVE: ReadonlyMap<number, string> = new Map([
  [22, "SSH"],
  [23, "Telnet"],
  [1433, "SQL Server"],
  [1521, "Oracle"],
  [2375, "Docker"],
  [2376, "Docker"],
  [2379, "etcd"],
  [2380, "etcd"],
  [3306, "MySQL"],
  [3389, "RDP"],
  [5432, "PostgreSQL"],
  [5672, "AMQP"],
  [5900, "VNC"],
  [6379, "Redis"],
  [9042, "Cassandra"],
  [9092, "Kafka"],
  [9200, "Elasticsearch"],
  [10250, "kubelet"],
  [11211, "memcached"],
  [27017, "MongoDB"],
]);

const PRIVATE: AddressSet = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"]
  .map((cidr) => parseCidr(cidr)?.set ?? [])
  .reduce<AddressSet>(union, []);

/** One fault for each port of a pod that is open to more than private networks. */
export function* sensitivePorts(service: JudgedService, view: NetworkView): Generator<NetworkFault> {
  if (isInternal(service)) return;
  const seen = new Set<number>();
  for (const { sources, targets, port } of doorsOf(view, service)) {
    if (port.protocol !== "TCP" || isEmpty(subtract(sources, PRIVATE))) continue;
    for (const { port: number, reach } of targets) {
      const name = SENSITIVE.get(number);
      if (name === undefined || seen.has(number) || reach.verdict !== "allowed") continue;
      seen.add(number);
      const evidence = [{ path: ["spec", "type"], value: service.view.type }];
      yield { key: `TCP ${number}`, arguments: { service: name, port: number }, evidence };
    }
  }
}
