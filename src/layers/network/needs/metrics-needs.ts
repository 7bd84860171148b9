// Who collects metrics from whom: scrape configurations, the prometheus.io annotations, monitors of the operator.

import type { Resource } from "../../../cluster/resource.ts";
import { containersOf } from "../../../kubernetes/containers.ts";
import type { ServiceView } from "../services.ts";
import { noteMonitorNeeds } from "./monitor-needs.ts";
import { fileKeysOf } from "./mounted-files.ts";
import { workloadEnd, type NeedNotes, type Place } from "./need-notes.ts";
import { scrapeJobsIn, type ScrapeJob } from "./prometheus-config.ts";
import { needsOfServicePort, portOf } from "./service-needs.ts";
import type { Surroundings } from "./surroundings.ts";
import { dataOf } from "./variables.ts";
import type { WorkloadSpec } from "./workload-spec.ts";

export function noteMetricsNeeds(surroundings: Surroundings, notes: NeedNotes): void {
  const scrapers = scrapersOf(surroundings);
  for (const scraper of scrapers) for (const job of scraper.jobs) noteJob(scraper, job, surroundings, notes);
  const collectors = surroundings.specs.filter(isCollector);
  noteMonitorNeeds(collectors, surroundings, notes);
  if (scrapers.some(({ jobs }) => jobs.some(({ isAnnotated }) => isAnnotated))) return; // told with the jobs
  for (const { spec, place, port } of annotatedPods(surroundings)) {
    for (const collector of collectors)
      notes.need(workloadEnd(collector.workload.id), workloadEnd(spec.workload.id), portOf(port), place);
    if (collectors.length === 0) notes.hint("ambiguous", place, "prometheus.io/scrape", { workload: spec.workload.id });
  }
}

interface Scraper {
  readonly spec: WorkloadSpec;
  readonly resource: Resource;
  readonly key: string;
  readonly jobs: readonly ScrapeJob[];
}

function scrapersOf(surroundings: Surroundings): readonly Scraper[] {
  return surroundings.specs.flatMap((spec) =>
    (spec.spec.volumes ?? []).flatMap((volume) =>
      (volume === null ? [] : fileKeysOf(volume)).flatMap(({ name, keys }) => {
        const resource = surroundings.configMap(spec.workload.namespace, name);
        if (resource === undefined) return [];
        return Object.entries(dataOf(surroundings, spec.workload.namespace, name)).flatMap(
          ([key, text]): readonly Scraper[] => {
            const jobs = keys === undefined || keys.includes(key) ? scrapeJobsIn(text) : [];
            return jobs.length === 0 ? [] : [{ spec, resource, key, jobs }];
          },
        );
      }),
    ),
  );
}

const COLLECTOR_IMAGE =
  /(?:^|\/)(?:prometheus|vmagent|vmsingle|victoria-metrics|grafana-agent|agent-prometheus|alloy|otel(?:col|-collector)?[\w-]*|opentelemetry-collector[\w-]*)(?::|@|$)/;

function isCollector({ spec, metadata }: WorkloadSpec): boolean {
  const name = metadata.labels?.["app.kubernetes.io/name"] ?? metadata.labels?.["app"];
  if (name === "prometheus" || name === "vmagent") return true;
  return containersOf(spec).some(({ container }) => COLLECTOR_IMAGE.test((container.image ?? "").replace(/@.*$/, "")));
}

function noteJob({ spec, resource, key }: Scraper, job: ScrapeJob, surroundings: Surroundings, notes: NeedNotes): void {
  const from = workloadEnd(spec.workload.id);
  const place: Place = { kind: "metrics", resource, path: ["data", key], value: `role: ${job.role}` };
  notes.need(from, { kind: "api-server" }, portOf(443), { ...place, kind: "api-server" });
  const isLookedAt = (namespace: string): boolean => job.namespaces?.includes(namespace) ?? true;
  if (job.isReplaced) return; // their addresses stand in the text and are read there
  if (job.role === "node") notes.need(from, { kind: "nodes" }, portOf(10250), place);
  if (job.role === "pod" && job.isAnnotated) {
    for (const { spec: target, place: annotation, port } of annotatedPods(surroundings)) {
      if (isLookedAt(target.workload.namespace))
        notes.need(from, workloadEnd(target.workload.id), portOf(port), annotation);
    }
  } else if (job.role === "pod" && job.portName !== undefined) {
    for (const { target, port } of namedPorts(surroundings, job.portName)) {
      if (isLookedAt(target.workload.namespace)) notes.need(from, workloadEnd(target.workload.id), portOf(port), place);
    }
  }
  if (job.role !== "endpoints" && job.role !== "endpointslice" && job.role !== "service") return;
  for (const view of surroundings.network.services().all) {
    if (!isLookedAt(view.resource.id.namespace)) continue;
    if (job.isAnnotated) noteAnnotatedService(from, view, surroundings, notes);
    else if (job.portName !== undefined && isKept(job, view)) {
      for (const port of view.ports)
        if (job.portName.test(port.name)) needsOfServicePort(from, view, port, place, notes, surroundings);
    }
  }
}

function isKept({ serviceName, namespaceName }: ScrapeJob, { resource: { id } }: ServiceView): boolean {
  return (serviceName?.test(id.name) ?? true) && (namespaceName?.test(id.namespace) ?? true);
}

interface NamedPortOfSpec {
  readonly target: WorkloadSpec;
  readonly port: number;
}

function namedPorts({ specs }: Surroundings, name: RegExp): readonly NamedPortOfSpec[] {
  return specs.flatMap((target) =>
    containersOf(target.spec).flatMap(({ container }) =>
      (container.ports ?? []).flatMap((port) =>
        port?.containerPort != null && name.test(port.name ?? "") ? [{ target, port: port.containerPort }] : [],
      ),
    ),
  );
}

interface AnnotatedPod {
  readonly spec: WorkloadSpec;
  readonly place: Place;
  readonly port: number;
}

/** Pods that ask to be scraped, by the annotations that everybody's configuration reads. */
function annotatedPods({ specs }: Surroundings): readonly AnnotatedPod[] {
  return specs.flatMap((spec) => {
    const { annotations } = spec.metadata;
    if (annotations?.["prometheus.io/scrape"] !== "true") return [];
    const path = [...spec.templatePath, "metadata", "annotations", "prometheus.io/scrape"];
    const place: Place = {
      kind: "annotation",
      resource: spec.resource,
      path,
      value: annotations["prometheus.io/port"] ?? "true",
    };
    return portsOfAnnotation(annotations["prometheus.io/port"], spec).map((port) => ({ spec, place, port }));
  });
}

/** Without a port annotation every container port is tried. */
function portsOfAnnotation(written: string | null | undefined, { spec }: WorkloadSpec): readonly number[] {
  if (written && /^\d{1,5}$/.test(written)) return [Number(written)];
  const ports = containersOf(spec).flatMap(({ container }) =>
    (container.ports ?? []).flatMap((port) => port?.containerPort ?? []),
  );
  return [...new Set(ports)];
}

/** A Service's port annotation is a port of the pods, since endpoints are what is scraped. */
function noteAnnotatedService(
  from: Parameters<typeof needsOfServicePort>[0],
  view: ServiceView,
  surroundings: Surroundings,
  notes: NeedNotes,
): void {
  const { annotations } = view.resource.object.metadata ?? {};
  if (annotations?.["prometheus.io/scrape"] !== "true") return;
  const path = ["metadata", "annotations", "prometheus.io/scrape"];
  const written = Number(annotations["prometheus.io/port"] ?? 0);
  const place: Place = {
    kind: "annotation",
    resource: view.resource,
    path,
    value: annotations["prometheus.io/port"] ?? "true",
  };
  if (written === 0) {
    for (const port of view.ports) needsOfServicePort(from, view, port, place, notes, surroundings);
    return;
  }
  const targets = new Set(
    view.ports.flatMap(({ targets: all }) => all.flatMap(({ pod }) => surroundings.workloadOf(pod) ?? [])),
  );
  for (const id of targets) notes.need(from, workloadEnd(id), portOf(written), place);
}
