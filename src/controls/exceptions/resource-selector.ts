// Which resources an exception is for: kind, namespace, name and labels, each with `*`; all that are given must match.

import type { Resource } from "../../cluster/resource.ts";
import { matchesAnyGlob, matchesEverything, matchesGlob } from "./glob.ts";

/** An empty list of patterns selects everything. */
export interface ResourceSelector {
  /** Compared in any case, as kubectl does. */
  readonly kinds: readonly string[];
  /** Of a Namespace, its own name. */
  readonly namespaces: readonly string[];
  readonly names: readonly string[];
  /** Of the object itself, not of its pod template. */
  readonly labels: Readonly<Record<string, string>>;
}

export const EVERY_RESOURCE: ResourceSelector = { kinds: [], namespaces: [], names: [], labels: {} };

export function selectsResource(selector: ResourceSelector, { id, object }: Resource): boolean {
  return (
    matchesAnyGlob(selector.kinds, id.kind.toLowerCase()) &&
    matchesAnyGlob(selector.namespaces, id.kind === "Namespace" ? id.name : id.namespace) &&
    matchesAnyGlob(selector.names, id.name) &&
    hasLabels(selector.labels, object.metadata?.labels ?? {})
  );
}

function hasLabels(wanted: ResourceSelector["labels"], labels: { readonly [name: string]: string | null }): boolean {
  return Object.entries(wanted).every(
    ([name, pattern]) => Object.hasOwn(labels, name) && matchesGlob(pattern, labels[name] ?? ""),
  );
}

export function selectsEveryResource({ kinds, namespaces, names, labels }: ResourceSelector): boolean {
  return (
    matchesEverything(kinds) &&
    matchesEverything(namespaces) &&
    matchesEverything(names) &&
    Object.keys(labels).length === 0
  );
}
