// From a Service's port to the pods and pod ports behind it: selector, targetPort, named ports that fan out
// (k8s.io/kubernetes pkg/controller/endpointslice and pkg/api/v1/pod FindPort).

import type { Resource } from "../../cluster/resource.ts";
import { matchMapSelector, type Labels } from "../../kubernetes/label-selector.ts";
import {
  endpointsObject,
  endpointSlice,
  service as serviceShape,
  type Service,
  type ServicePort,
} from "../../kubernetes/network.ts";
import { narrow } from "../../kubernetes/shape.ts";
import { parseAddress, type AddressPoint } from "./address.ts";
import { singleAddress, type AddressSet } from "./address-set.ts";
import type { Pod } from "./pod.ts";
import { isPortNumber, isProtocol, type Protocol } from "./port-set.ts";
import type { World } from "./world.ts";

export interface ServiceTarget {
  readonly pod: Pod;
  readonly port: number;
}

export interface ServicePortView {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly targetPort: number | string;
  readonly nodePort: number | undefined;
  /** Pods behind the port, each with its own number where the target port is a name. */
  readonly targets: readonly ServiceTarget[];
  /** As its endpoints list them, which ingress controllers and gateways read: of a headless Service too the target port. */
  readonly endpoints: readonly ServiceTarget[];
  /** Endpoints that are no pod here, by the EndpointSlices of a Service without selector. */
  readonly outside: readonly OutsideEndpoints[];
}

export interface OutsideEndpoints {
  readonly addresses: AddressSet;
  readonly port: number;
}

export interface ServiceView {
  readonly resource: Resource;
  readonly type: "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName";
  /** Without a virtual address: clients get the pods' own addresses and use the port as it is. */
  readonly isHeadless: boolean;
  readonly spec: NonNullable<Service["spec"]>;
  readonly ports: readonly ServicePortView[];
  /** Those that the selector picks. */
  readonly pods: readonly Pod[];
}

export interface Services {
  readonly all: readonly ServiceView[];
  readonly named: (namespace: string, name: string) => ServiceView | undefined;
  /** By cluster IP and external IP. */
  readonly byAddress: () => ReadonlyMap<AddressPoint, ServiceView>;
  /** By the address of a load balancer: where it comes out, not who it is in a log. */
  readonly byLoadBalancer: () => ReadonlyMap<AddressPoint, ServiceView>;
}

const TYPES = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] as const;

/** Resolves every Service. O(pods × labels + endpoints). */
export function resolveServices(world: World): Services {
  const { workloads, exposures } = world.inventory;
  const pods = createPodFinder(workloads.flatMap((workload) => workload.pods));
  const slices = exposures.filter(({ id }) => id.kind === "EndpointSlice" || id.kind === "Endpoints");
  const all = exposures.flatMap((resource): readonly ServiceView[] => {
    if (resource.id.kind !== "Service") return [];
    const narrowed = narrow(serviceShape, resource.object);
    return narrowed.ok ? [viewOf(world, resource, narrowed.value.spec ?? {}, pods, slices)] : [];
  });
  const byName = new Map(all.map((view) => [`${view.resource.id.namespace}/${view.resource.id.name}`, view]));
  let byAddress: ReadonlyMap<AddressPoint, ServiceView> | undefined;
  let byLoadBalancer: ReadonlyMap<AddressPoint, ServiceView> | undefined;
  return {
    all,
    named: (namespace, name) => byName.get(`${namespace}/${name}`),
    byAddress: () => (byAddress ??= viewsAt(all, ownAddresses)),
    byLoadBalancer: () => (byLoadBalancer ??= viewsAt(all, loadBalancerAddresses)),
  };
}

type Texts = readonly (string | null | undefined)[];

function viewsAt(
  services: readonly ServiceView[],
  textsOf: (view: ServiceView) => Texts,
): ReadonlyMap<AddressPoint, ServiceView> {
  const found = new Map<AddressPoint, ServiceView>();
  for (const view of services) {
    for (const text of textsOf(view)) {
      const point = text == null ? undefined : parseAddress(text)?.point;
      if (point !== undefined) found.set(point, view);
    }
  }
  return found;
}

function ownAddresses({ spec: { clusterIP, clusterIPs, externalIPs } }: ServiceView): Texts {
  return [clusterIP, ...(clusterIPs ?? []), ...(externalIPs ?? [])];
}

function loadBalancerAddresses({ resource }: ServiceView): Texts {
  const narrowed = narrow(serviceShape, resource.object);
  return narrowed.ok ? (narrowed.value.status?.loadBalancer?.ingress ?? []).map((one) => one?.ip) : [];
}

function viewOf(
  world: World,
  resource: Resource,
  spec: NonNullable<Service["spec"]>,
  find: PodFinder,
  slices: readonly Resource[],
): ServiceView {
  const type = TYPES.find((known) => known === spec.type) ?? "ClusterIP";
  const isHeadless = spec.clusterIP === "None";
  const hasSelector = Object.keys(spec.selector ?? {}).length > 0 && type !== "ExternalName";
  const pods = hasSelector ? find(resource.id.namespace, spec.selector) : [];
  const ports = (spec.ports ?? []).flatMap((port): readonly ServicePortView[] => {
    const protocol = port?.protocol ?? "TCP";
    if (port?.port == null || !isPortNumber(port.port) || !isProtocol(protocol)) return [];
    const written = port.targetPort ?? port.port;
    const targetPort = isHeadless ? port.port : written;
    if (typeof targetPort === "number" && targetPort !== 0 && !isPortNumber(targetPort)) return [];
    const view = { name: port.name ?? "", port: port.port, protocol, targetPort, nodePort: port.nodePort ?? undefined };
    if (!hasSelector) {
      const { targets, outside } = endpointsOf(world, resource, port, slices);
      return [{ ...view, targets, endpoints: targets, outside }];
    }
    const behind = (wanted: number | string): readonly ServiceTarget[] =>
      pods.flatMap((pod) => {
        const number = portOf(pod, wanted || (port.port ?? 0), protocol);
        return number === undefined ? [] : [{ pod, port: number }];
      });
    const targets = behind(targetPort);
    return [{ ...view, targets, endpoints: written === targetPort ? targets : behind(written), outside: [] }];
  });
  return { resource, type, isHeadless, spec, ports, pods };
}

/** A named target port is looked up in each pod; a pod without it is no endpoint. */
function portOf(pod: Pod, targetPort: number | string, protocol: Protocol): number | undefined {
  if (typeof targetPort === "number") return targetPort;
  return pod.ports.find((port) => port.name === targetPort && port.protocol === protocol)?.port;
}

function endpointsOf(
  world: World,
  service: Resource,
  port: ServicePort,
  slices: readonly Resource[],
): Pick<ServicePortView, "targets" | "outside"> {
  const targets: ServiceTarget[] = [];
  const outside: OutsideEndpoints[] = [];
  for (const { ports, addresses } of listsOf(service, slices)) {
    const match = ports.find(
      (one) =>
        one?.port != null &&
        (one.name ?? "") === (port.name ?? "") &&
        (one.protocol ?? "TCP") === (port.protocol ?? "TCP"),
    );
    for (const address of addresses) {
      const point = parseAddress(address ?? "")?.point;
      if (point === undefined || match?.port == null || !isPortNumber(match.port)) continue;
      const pod = world.podAt.get(point);
      if (pod !== undefined) targets.push({ pod, port: match.port });
      else outside.push({ addresses: singleAddress(point), port: match.port });
    }
  }
  return { targets, outside };
}

interface EndpointList {
  readonly ports: readonly (ServicePort | null)[];
  readonly addresses: Texts;
}

/** The EndpointSlices of a Service, or the Endpoints that the API server would mirror to such. */
function listsOf({ id: { namespace, name } }: Resource, slices: readonly Resource[]): readonly EndpointList[] {
  const own = slices.filter(({ id }) => id.namespace === namespace);
  const found = own.flatMap(({ id, object }): readonly EndpointList[] => {
    if (id.kind !== "EndpointSlice" || object.metadata?.labels?.["kubernetes.io/service-name"] !== name) return [];
    const slice = narrow(endpointSlice, object);
    if (!slice.ok) return [];
    const addresses = (slice.value.endpoints ?? []).flatMap((endpoint) => endpoint?.addresses ?? []);
    return [{ ports: slice.value.ports ?? [], addresses }];
  });
  if (found.length > 0) return found;
  return own.flatMap(({ id, object }): readonly EndpointList[] => {
    const endpoints = id.kind === "Endpoints" && id.name === name ? narrow(endpointsObject, object) : undefined;
    if (endpoints?.ok !== true) return [];
    return (endpoints.value.subsets ?? []).map((subset) => ({
      ports: subset?.ports ?? [],
      addresses: (subset?.addresses ?? []).map((one) => one?.ip),
    }));
  });
}

type PodFinder = (namespace: string, selector: Labels) => readonly Pod[];

/** Pods by one label of the selector, the rarest, then by all of it. */
function createPodFinder(pods: readonly Pod[]): PodFinder {
  const byLabel = new Map<string, Pod[]>();
  for (const pod of pods) {
    for (const [key, value] of Object.entries(pod.labels ?? {})) {
      const name = labelKey(pod.namespace, key, value);
      const list = byLabel.get(name);
      if (list === undefined) byLabel.set(name, [pod]);
      else list.push(pod);
    }
  }
  return (namespace, selector) => {
    const lists = Object.entries(selector ?? {}).map(
      ([key, value]) => byLabel.get(labelKey(namespace, key, value)) ?? [],
    );
    const shortest = lists.reduce<readonly Pod[] | undefined>(
      (best, list) => (best === undefined || list.length < best.length ? list : best),
      undefined,
    );
    return (shortest ?? []).filter((pod) => matchMapSelector(selector, pod.labels));
  };
}

function labelKey(namespace: string, key: string, value: string | null): string {
  return `${namespace}\u0000${key}\u0000${value ?? ""}`;
}
