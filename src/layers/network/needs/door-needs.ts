// Traffic from outside that somebody opened a door for: Services of type LoadBalancer and NodePort, external addresses,
// Ingresses, Gateway API routes, OpenShift Routes; and doors that lead nowhere.

import type { Resource } from "../../../cluster/resource.ts";
import type { Path } from "../../../kubernetes/path.ts";
import { gatewayRoute, ingress, type IngressBackend } from "../../../kubernetes/network.ts";
import { narrow } from "../../../kubernetes/shape.ts";
import { EVERY_FOUR, EVERY_SIX } from "../address-set.ts";
import type { EntryPoint } from "../entry-points.ts";
import type { DeclaredReasonKind, NeedEnd } from "../generate/need.ts";
import { forwardingPods } from "../ingress-controllers.ts";
import { isEqual, union } from "../interval-set.ts";
import { nearestServices } from "./look-up-host.ts";
import { workloadEnd, type NeedNotes, type Place } from "./need-notes.ts";
import { needsOfServicePort } from "./service-needs.ts";
import type { Surroundings } from "./surroundings.ts";

const EVERYBODY = union(EVERY_FOUR, EVERY_SIX);

const REASONS: Readonly<Record<EntryPoint["kind"], DeclaredReasonKind>> = {
  LoadBalancer: "service",
  NodePort: "service",
  ExternalIP: "service",
  Ingress: "ingress",
  Gateway: "gateway",
  Route: "gateway",
};

/** O(doors × pods behind them). */
export function noteDoorNeeds(surroundings: Surroundings, notes: NeedNotes): void {
  const { network } = surroundings;
  const forwarders = forwarderEnds(surroundings);
  for (const door of network.entryPoints()) {
    const { kind, resource, service, port } = door;
    const view = surroundings.serviceNamed(service.id.namespace, service.id.name);
    if (view === undefined) continue;
    const isForwarded = REASONS[kind] !== "service";
    const path = isForwarded ? ["spec"] : kind === "ExternalIP" ? ["spec", "externalIPs"] : ["spec", "type"];
    const value = isForwarded ? door.hosts[0] : kind;
    const place: Place = { kind: REASONS[kind], resource, path, ...(value === undefined ? {} : { value }) };
    const ends = isForwarded ? forwarders : outsideEnds(door, view.spec.externalTrafficPolicy === "Local");
    const found = ends.map((from) => needsOfServicePort(from, view, port, place, notes, surroundings));
    if (!found.includes(true)) notes.hint("no-pods-behind", place, `${service.id.namespace}/${service.id.name}`);
  }
  noteDeadBackends(surroundings, notes);
}

/** The controllers among the workloads; without one, it may be any pod. */
function forwarderEnds({ network, workloadOf, specOf }: Surroundings): readonly NeedEnd[] {
  const { pods, isAssumed } = forwardingPods(network.world);
  if (isAssumed) return [{ kind: "pods" }];
  const ids = [...new Set(pods.flatMap((pod) => workloadOf(pod) ?? []))];
  return ids.filter((id) => specOf(id)?.workload.kind.endsWith("Job") !== true).map(workloadEnd); // jobs that install one
}

/** Behind a load balancer that may answer through another node, traffic comes from the node. */
function outsideEnds({ sources }: EntryPoint, isLocal: boolean): readonly NeedEnd[] {
  if (isEqual(sources, EVERYBODY)) return [{ kind: "anywhere" }];
  const addresses: NeedEnd = { kind: "addresses", set: sources };
  return isLocal ? [addresses] : [addresses, { kind: "nodes" }];
}

/** Ingresses and routes to Services that are not there, or have no such port. */
function noteDeadBackends(surroundings: Surroundings, notes: NeedNotes): void {
  for (const resource of surroundings.ofKind("networking.k8s.io", "Ingress")) {
    const read = narrow(ingress, resource.object);
    if (!read.ok) continue;
    const { rules, defaultBackend } = read.value.spec ?? {};
    check(resource, defaultBackend, ["spec", "defaultBackend"]);
    for (const [at, rule] of (rules ?? []).entries()) {
      for (const [index, path] of (rule?.http?.paths ?? []).entries()) {
        check(resource, path?.backend, ["spec", "rules", at, "http", "paths", index, "backend"]);
      }
    }
  }
  for (const kind of ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"]) {
    for (const resource of surroundings.ofKind("gateway.networking.k8s.io", kind))
      noteDeadRoute(resource, surroundings, notes);
  }

  function check(resource: Resource, backend: IngressBackend | null | undefined, path: Path): void {
    const { name, port } = backend?.service ?? {};
    if (!name) return;
    const place: Place = { kind: "ingress", resource, path };
    const view = surroundings.serviceNamed(resource.id.namespace, name);
    const value = `${resource.id.namespace}/${name}`;
    if (view === undefined) {
      notes.hint("no-such-service", place, value, {
        nearest: nearestServices(name, resource.id.namespace, surroundings),
      });
    } else if (!view.ports.some((one) => (port?.name ? one.name === port.name : one.port === port?.number))) {
      notes.hint("no-such-port", place, `${value}:${port?.name ?? port?.number ?? ""}`);
    }
  }
}

function noteDeadRoute(resource: Resource, surroundings: Surroundings, notes: NeedNotes): void {
  const read = narrow(gatewayRoute, resource.object);
  if (!read.ok) return;
  for (const [at, rule] of (read.value.spec?.rules ?? []).entries()) {
    for (const [index, backend] of (rule?.backendRefs ?? []).entries()) {
      const { name, kind, group, port } = backend ?? {};
      if (!name || (kind ?? "Service") !== "Service" || (group ?? "") !== "") continue;
      const namespace = backend?.namespace || resource.id.namespace;
      const place: Place = { kind: "gateway", resource, path: ["spec", "rules", at, "backendRefs", index] };
      const view = surroundings.serviceNamed(namespace, name);
      if (view === undefined) {
        notes.hint("no-such-service", place, `${namespace}/${name}`, {
          nearest: nearestServices(name, namespace, surroundings),
        });
      } else if (!view.ports.some((one) => one.port === port))
        notes.hint("no-such-port", place, `${namespace}/${name}:${port ?? ""}`);
    }
  }
}
