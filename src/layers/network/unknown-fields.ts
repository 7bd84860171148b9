// Fields that nobody reads. The API server drops those of a NetworkPolicy, so `form` in place of `from` admits everybody
// (k8s.io/apimachinery field validation; networking/v1 types.go).

import type { Path, PathSegment } from "../../kubernetes/path.ts";
import type { Resource } from "../../cluster/resource.ts";
import { notesOn, type NetworkDiagnostic } from "./diagnostic.ts";

/** Known fields by name, with those below them; null where anything may stand. Lists are looked through. */
export interface KnownFields {
  readonly [field: string]: KnownFields | null;
}

export interface UnknownField {
  readonly path: Path;
  readonly field: string;
  /** What could stand there. */
  readonly known: readonly string[];
}

const SELECTOR: KnownFields = { matchLabels: null, matchExpressions: { key: null, operator: null, values: null } };
export const SELECTORS: KnownFields = { podSelector: SELECTOR, namespaceSelector: SELECTOR };
const PEER: KnownFields = { ...SELECTORS, ipBlock: { cidr: null, except: null } };
const PORT: KnownFields = { protocol: null, port: null, endPort: null };
const NETWORK_POLICY: KnownFields = {
  apiVersion: null,
  kind: null,
  metadata: null,
  status: null, // of Kubernetes 1.24 to 1.27
  spec: {
    podSelector: SELECTOR,
    policyTypes: null,
    ingress: { from: PEER, ports: PORT },
    egress: { to: PEER, ports: PORT },
  },
};

/** Of a NetworkPolicy; schemas of other policies prune too, and say it by failing closed. */
export function unknownFieldsOf(resource: Resource): readonly NetworkDiagnostic[] {
  if (resource.id.kind !== "NetworkPolicy") return [];
  const notes = notesOn(resource);
  for (const { path, field } of unknownFields(resource.object, NETWORK_POLICY))
    notes.add("note", "unknown-field", path, { field });
  return notes.all;
}

/** Linear in the value. */
export function unknownFields(value: unknown, known: KnownFields, at: Path = []): readonly UnknownField[] {
  const found: UnknownField[] = [];
  walk(value, known, [...at], found);
  return found;
}

/** Paths are made where there is something to say. */
function walk(value: unknown, known: KnownFields, at: PathSegment[], found: UnknownField[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    const list = value as readonly unknown[]; // elements are looked at next
    for (let index = 0; index < list.length; index++) {
      at.push(index);
      walk(list[index], known, at, found);
      at.pop();
    }
    return;
  }
  for (const field of Object.keys(value)) {
    const next = Object.hasOwn(known, field) ? known[field] : undefined;
    if (next === null) continue;
    at.push(field);
    if (next === undefined) found.push({ path: [...at], field, known: Object.keys(known) });
    else walk((value as Readonly<Record<string, unknown>>)[field], next, at, found); // an own key
    at.pop();
  }
}
