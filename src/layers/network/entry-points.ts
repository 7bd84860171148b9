// Doors from outside the cluster: NodePort and LoadBalancer Services, external addresses, Ingresses, Gateway API
// routes, OpenShift Routes; for each, the pods behind it and whether policies let the traffic through.

import type { Resource } from "../../cluster/resource.ts";
import {
  gatewayRoute,
  ingress as ingressShape,
  openShiftRoute,
  referenceGrant,
  type IngressBackend,
} from "../../kubernetes/network.ts";
import { narrow } from "../../kubernetes/shape.ts";
import { EVERY_FOUR, EVERY_SIX, parseCidr, type AddressSet } from "./address-set.ts";
import type { End } from "./end.ts";
import { forwardingPods, type ForwardingPods } from "./ingress-controllers.ts";
import { isEmpty, union } from "./interval-set.ts";
import type { Pod } from "./pod.ts";
import { reach, type Reach } from "./reach.ts";
import type { Services, ServicePortView, ServiceView } from "./services.ts";
import type { World } from "./world.ts";

export type EntryKind = "NodePort" | "LoadBalancer" | "ExternalIP" | "Ingress" | "Gateway" | "Route";

export interface EntryTarget {
  readonly pod: Pod;
  readonly port: number;
  /** From where the traffic comes to the pod: outside addresses, or the controller that forwards it. */
  readonly reach: Reach;
}

export interface EntryPoint {
  readonly kind: EntryKind;
  /** The object that opens the door. */
  readonly resource: Resource;
  readonly service: Resource;
  readonly port: ServicePortView;
  /** Host names, where the door has any. */
  readonly hosts: readonly string[];
  /** Who may knock, before policies: `loadBalancerSourceRanges`, else everybody. */
  readonly sources: AddressSet;
  /** The traffic is forwarded by a controller that is not among the workloads. */
  readonly isControllerAssumed: boolean;
  readonly targets: readonly EntryTarget[];
}

/** Every door, by object. O(doors × pods behind them). */
export function findEntryPoints(world: World, services: Services): readonly EntryPoint[] {
  const forwarders = forwardingPods(world);
  const context: Context = { world, services, forwarders };
  return [
    ...services.all.flatMap((service) => serviceDoors(context, service)),
    ...world.inventory.exposures.flatMap((resource) => routedDoors(context, resource)),
  ];
}

interface Context {
  readonly world: World;
  readonly services: Services;
  readonly forwarders: ForwardingPods;
}

function serviceDoors({ world }: Context, service: ServiceView): readonly EntryPoint[] {
  const { type, spec, resource } = service;
  const kinds: EntryKind[] = [];
  if (type === "LoadBalancer") kinds.push("LoadBalancer");
  if (type === "NodePort") kinds.push("NodePort");
  if ((spec.externalIPs ?? []).length > 0) kinds.push("ExternalIP");
  return kinds.flatMap((kind) => {
    const sources = kind === "LoadBalancer" ? sourceRanges(writtenRanges(service)) : EVERYBODY;
    return service.ports.map((port): EntryPoint => ({
      kind,
      resource,
      service: resource,
      port,
      hosts: [],
      sources,
      isControllerAssumed: false,
      targets: targetsOf(world, port, { kind: "addresses", set: sources }),
    }));
  });
}

const EVERYBODY: AddressSet = union(EVERY_FOUR, EVERY_SIX);

const RANGES_ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** The field, or the annotation that it replaced (k8s.io/cloud-provider service/helpers GetLoadBalancerSourceRanges). */
function writtenRanges({ spec, resource }: ServiceView): readonly (string | null)[] {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const annotation = resource.object.metadata?.annotations?.[RANGES_ANNOTATION]?.trim() ?? "";
  return ranges.length > 0 || annotation === "" ? ranges : annotation.split(",");
}

/** Unreadable ranges count as everybody: nothing is closed by them. */
function sourceRanges(texts: readonly (string | null)[]): AddressSet {
  let set: AddressSet = [];
  for (const text of texts) set = union(set, parseCidr((text ?? "").trim())?.set ?? EVERYBODY);
  return isEmpty(set) ? EVERYBODY : set;
}

function targetsOf(world: World, { targets, protocol }: ServicePortView, source: End): readonly EntryTarget[] {
  return targets.map(({ pod, port }) => ({
    pod,
    port,
    reach: reach(world, { source, destination: { kind: "pods", pods: [pod] }, port: { protocol, port } }),
  }));
}

function routedDoors(context: Context, resource: Resource): readonly EntryPoint[] {
  switch (resource.id.kind) {
    case "Ingress":
      return ingressDoors(context, resource);
    case "Route":
      return openShiftDoors(context, resource);
    case "HTTPRoute":
    case "GRPCRoute":
    case "TLSRoute":
    case "TCPRoute":
    case "UDPRoute":
      return gatewayDoors(context, resource);
    default:
      return [];
  }
}

function ingressDoors(context: Context, resource: Resource): readonly EntryPoint[] {
  const narrowed = narrow(ingressShape, resource.object);
  if (!narrowed.ok) return [];
  const { rules, defaultBackend } = narrowed.value.spec ?? {};
  const hosted = (rules ?? []).flatMap((rule) =>
    (rule?.http?.paths ?? []).map((path) => ({ host: rule?.host ?? "", backend: path?.backend })),
  );
  const all = [...hosted, ...(defaultBackend == null ? [] : [{ host: "", backend: defaultBackend }])];
  return all.flatMap(({ host, backend }) => {
    const service = context.services.named(resource.id.namespace, backend?.service?.name ?? "");
    const ports = (service?.ports ?? []).filter((port) => isBackendPort(port, backend));
    return ports.map((port) => forwarded(context, "Ingress", resource, service, port, host === "" ? [] : [host]));
  });
}

function isBackendPort(port: ServicePortView, backend: IngressBackend | null | undefined): boolean {
  const wanted = backend?.service?.port;
  return wanted?.name ? port.name === wanted.name : port.port === wanted?.number;
}

function forwarded(
  { world, forwarders }: Context,
  kind: EntryKind,
  resource: Resource,
  service: ServiceView | undefined,
  port: ServicePortView,
  hosts: readonly string[],
): EntryPoint {
  return {
    kind,
    resource,
    service: service?.resource ?? resource,
    port,
    hosts,
    sources: EVERYBODY,
    isControllerAssumed: forwarders.isAssumed,
    // Controllers connect to the endpoints themselves, not through the Service.
    targets: targetsOf(world, { ...port, targets: port.endpoints }, { kind: "pods", pods: forwarders.pods }),
  };
}

/** A Route's target port names a port of the Service, or is a number its endpoints listen on. */
function openShiftDoors(context: Context, resource: Resource): readonly EntryPoint[] {
  const narrowed = narrow(openShiftRoute, resource.object);
  if (!narrowed.ok) return [];
  const { to, alternateBackends, port: wanted, host } = narrowed.value.spec ?? {};
  return [to, ...(alternateBackends ?? [])].flatMap((target) => {
    const service = context.services.named(resource.id.namespace, target?.name ?? "");
    const targetPort = wanted?.targetPort;
    const ports = (service?.ports ?? []).filter(
      (port) => targetPort == null || port.name === targetPort || port.targetPort === targetPort,
    );
    return ports.map((port) => forwarded(context, "Route", resource, service, port, host ? [host] : []));
  });
}

function gatewayDoors(context: Context, resource: Resource): readonly EntryPoint[] {
  const narrowed = narrow(gatewayRoute, resource.object);
  if (!narrowed.ok) return [];
  const { parentRefs, hostnames, rules } = narrowed.value.spec ?? {};
  const isFromOutside = (parentRefs ?? []).some((parent) => OUTER_PARENTS.has(parent?.kind ?? "Gateway"));
  if (!isFromOutside) return []; // a mesh route has a Service for its parent
  const hosts = (hostnames ?? []).flatMap((host) => host ?? []);
  return (rules ?? []).flatMap((rule) => {
    const mirrors = (rule?.filters ?? []).flatMap((filter) => filter?.requestMirror?.backendRef ?? []);
    return [...(rule?.backendRefs ?? []), ...mirrors].flatMap((backend) => {
      if (backend?.weight === 0) return []; // gets nothing
      if ((backend?.kind ?? "Service") !== "Service" || (backend?.group ?? "") !== "") return [];
      const namespace = backend?.namespace || resource.id.namespace;
      if (namespace !== resource.id.namespace && !isGranted(context, resource, namespace, backend?.name ?? ""))
        return [];
      const service = context.services.named(namespace, backend?.name ?? "");
      const ports = (service?.ports ?? []).filter(({ port }) => port === backend?.port);
      return ports.map((port) => forwarded(context, "Gateway", resource, service, port, hosts));
    });
  });
}

/** What a route is attached to; a ListenerSet adds listeners to a Gateway. */
const OUTER_PARENTS: ReadonlySet<string> = new Set(["Gateway", "ListenerSet", "XListenerSet"]);

/** A route may use another namespace's Service only where that namespace grants it. */
function isGranted({ world }: Context, route: Resource, namespace: string, service: string): boolean {
  return world.inventory.exposures.some(({ id, object }) => {
    if (id.kind !== "ReferenceGrant" || id.namespace !== namespace) return false;
    const grant = narrow(referenceGrant, object);
    if (!grant.ok) return false;
    const { from, to } = grant.value.spec ?? {};
    const isFrom = (from ?? []).some(
      (one) => one?.group === route.id.group && one.kind === route.id.kind && one.namespace === route.id.namespace,
    );
    return (
      isFrom && (to ?? []).some((one) => one?.kind === "Service" && !one.group && (!one.name || one.name === service))
    );
  });
}
