// Fields that nobody reads. The API server drops those of a NetworkPolicy, so `form` in place of `from` admits everybody
// (k8s.io/apimachinery field validation; networking/v1 types.go).

import type { Path, PathSegment } from "../../kubernetes/path.ts";
import type { Notes } from "./diagnostic.ts";

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

export function noteUnknownFields(policy: unknown, notes: Notes): void {
  for (const { path, field } of unknownFields(policy, NETWORK_POLICY))
    notes.add("note", "unknown-field", path, { field });
}

/** Linear in the value. */
export function unknownFields(value: unknown, known: KnownFields, at: Path = []): readonly UnknownField[] {
  const found: UnknownField[] = [];
  walk(value, known, [...at], found);
  return found;
}

function walk(value: unknown, known: KnownFields, at: PathSegment[], found: UnknownField[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, element] of (value as readonly unknown[]).entries()) {
      at.push(index);
      walk(element, known, at, found);
      at.pop();
    }
    return;
  }
  for (const [field, below] of Object.entries(value)) {
    const next = Object.hasOwn(known, field) ? known[field] : undefined;
    at.push(field);
    if (next === undefined) found.push({ path: [...at], field, known: Object.keys(known) });
    else if (next !== null) walk(below, next, at, found);
    at.pop();
  }
}
