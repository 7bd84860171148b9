// ServiceMonitors and PodMonitors of the Prometheus operator (monitoring.coreos.com/v1): who is collected from, and on
// which ports.

import type { Resource } from "../../../cluster/resource.ts";
import { containersOf } from "../../../kubernetes/containers.ts";
import { labelSelector, matchSelector, type Labels, type LabelSelector } from "../../../kubernetes/label-selector.ts";
import { array, boolean, intOrString, narrow, object, string, type TypeOf } from "../../../kubernetes/shape.ts";
import type { NeedEnd } from "../generate/need.ts";
import type { ServicePortView } from "../services.ts";
import { workloadEnd, type NeedNotes, type Place } from "./need-notes.ts";
import { needsOfServicePort, portOf } from "./service-needs.ts";
import type { Surroundings } from "./surroundings.ts";
import type { WorkloadSpec } from "./workload-spec.ts";

const monitor = object({
  spec: object({
    selector: labelSelector,
    namespaceSelector: object({ any: boolean, matchNames: array(string) }),
    endpoints: array(object({ port: string, targetPort: intOrString })),
    podMetricsEndpoints: array(object({ port: string, portNumber: intOrString, targetPort: intOrString })),
  }),
});
type MonitorSpec = NonNullable<TypeOf<typeof monitor>["spec"]>;

const GROUP = "monitoring.coreos.com";
const EVERYTHING: LabelSelector = {};

export function noteMonitorNeeds(
  collectors: readonly WorkloadSpec[],
  surroundings: Surroundings,
  notes: NeedNotes,
): void {
  for (const kind of ["ServiceMonitor", "PodMonitor"] as const) {
    for (const resource of surroundings.ofKind(GROUP, kind)) {
      const read = narrow(monitor, resource.object);
      if (!read.ok) continue;
      const place: Place = { kind: "metrics", resource, path: ["spec", "selector"] };
      const { namespace, name } = resource.id;
      if (collectors.length === 0) notes.hint("ambiguous", place, `${namespace}/${name}`);
      const spec = read.value.spec ?? {};
      const isSelected = selectionOf(spec, resource);
      for (const { workload } of collectors) {
        const from = workloadEnd(workload.id);
        if (kind === "PodMonitor") notePods(from, spec, isSelected, place, surroundings, notes);
        else noteServices(from, spec, isSelected, place, surroundings, notes);
      }
    }
  }
}

type Selection = (namespace: string, labels: Labels) => boolean;

function selectionOf({ selector, namespaceSelector }: MonitorSpec, { id }: Resource): Selection {
  const names = (namespaceSelector?.matchNames ?? []).filter((name) => name !== null);
  return (namespace, labels) => {
    const isLookedAt =
      namespaceSelector?.any === true || (names.length > 0 ? names.includes(namespace) : namespace === id.namespace);
    return isLookedAt && matchSelector(selector ?? EVERYTHING, labels) === "match";
  };
}

function notePods(
  from: NeedEnd,
  { podMetricsEndpoints }: MonitorSpec,
  isSelected: Selection,
  place: Place,
  { specs }: Surroundings,
  notes: NeedNotes,
): void {
  for (const target of specs) {
    if (!isSelected(target.workload.namespace, target.metadata.labels)) continue;
    const ports = (podMetricsEndpoints ?? []).flatMap((one) =>
      portsNamed(one?.port ?? one?.portNumber ?? one?.targetPort, target),
    );
    for (const port of ports) notes.need(from, workloadEnd(target.workload.id), portOf(port), place);
  }
}

function portsNamed(wanted: string | number | null | undefined, { spec }: WorkloadSpec): readonly number[] {
  if (typeof wanted === "number") return [wanted];
  return containersOf(spec).flatMap(({ container }) =>
    (container.ports ?? []).flatMap((port) =>
      port?.name === wanted && port?.containerPort != null ? [port.containerPort] : [],
    ),
  );
}

function noteServices(
  from: NeedEnd,
  { endpoints }: MonitorSpec,
  isSelected: Selection,
  place: Place,
  surroundings: Surroundings,
  notes: NeedNotes,
): void {
  for (const view of surroundings.network.services().all) {
    const { id, object: service } = view.resource;
    if (!isSelected(id.namespace, service.metadata?.labels)) continue;
    const ports = (endpoints ?? []).flatMap((one) =>
      view.ports.filter((port) => isMonitored(port, one?.port, one?.targetPort)),
    );
    for (const port of ports) needsOfServicePort(from, view, port, place, notes, surroundings);
  }
}

function isMonitored(
  port: ServicePortView,
  name: string | null | undefined,
  target: string | number | null | undefined,
): boolean {
  return name ? port.name === name : target != null && port.targetPort === target;
}
