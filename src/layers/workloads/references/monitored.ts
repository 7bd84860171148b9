// What a ServiceMonitor or PodMonitor selects (prometheus-operator pkg/prometheus/promcfg.go).

import { matchSelector } from "../../../kubernetes/label-selector.ts";
import { SERVICE } from "./reference.ts";
import type { DetailedEntry, Entry, Relations } from "./relations.ts";
import { isSystemNamespace } from "./well-known.ts";

export interface Selection {
  readonly isEmpty: boolean;
  /** Names of the ports of all that is selected. */
  readonly portNames: ReadonlySet<string>;
}

/** `undefined` where the input has nothing to select among, or cannot have all of it. */
export function selectionOf(relations: Relations, monitor: DetailedEntry<"monitor">): Selection | undefined {
  return monitor.detail.selects === "services" ? selectServices(relations, monitor) : selectPods(relations, monitor);
}

function selectServices(relations: Relations, { detail }: DetailedEntry<"monitor">): Selection | undefined {
  const candidates = relations.ofKind(SERVICE).filter(({ resource }) => isIn(detail.namespaces, resource.id.namespace));
  if (candidates.length === 0) return undefined;
  const selected = candidates.filter(
    ({ resource }) => matchSelector(detail.selector, resource.object.metadata?.labels) === "match",
  );
  return { isEmpty: selected.length === 0, portNames: new Set(selected.flatMap(servicePorts)) };
}

function isIn(namespaces: readonly string[] | undefined, namespace: string): boolean {
  return namespaces === undefined || (namespaces.includes(namespace) && !isSystemNamespace(namespace));
}

function servicePorts({ facts: { detail } }: Entry): readonly string[] {
  return detail?.role === "service" ? detail.ports.map(({ name }) => name) : [];
}

function selectPods(relations: Relations, { detail }: DetailedEntry<"monitor">): Selection | undefined {
  const { namespaces, selector } = detail;
  const pods = namespaces === undefined ? relations.pods.in(undefined) : namespaces.flatMap(relations.pods.in);
  if (pods.length === 0 || namespaces?.some(isSystemNamespace) === true) return undefined;
  const isUndecidable = (namespaces ?? []).some((namespace) => relations.pods.isUndecidable(namespace, selector ?? {}));
  if (isUndecidable) return undefined;
  const selected = pods.filter(({ pod }) => matchSelector(selector, pod.labels) === "match");
  return {
    isEmpty: selected.length === 0,
    portNames: new Set(selected.flatMap(({ pod }) => pod.ports.map(({ name }) => name))),
  };
}
