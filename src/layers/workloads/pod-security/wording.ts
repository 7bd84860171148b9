// How the API server words its details: quoted lists and plurals (pod-security-admission/policy/helpers.go).

import { compareBytes, quoteGo } from "./go-text.ts";

/** `"a", "b"`: quoted, not escaped. */
export function quoteAll(items: readonly string[]): string {
  return items.length === 1 ? `"${items[0]}"` : `"${items.join('", "')}"`;
}

/** `one` for exactly one, else `many`. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** `container "a"`, or `containers "a", "b"`. */
export function namedContainers(names: readonly string[]): string {
  return names.length === 1 ? `container "${names[0]}"` : `containers ${quoteAll(names)}`;
}

/** Who sets a refused value: `pod`, the containers as named, or both joined with `and`. At least one must. */
export function setters(pod: boolean, containers: string | undefined): string {
  if (containers === undefined) return "pod";
  return pod ? `pod and ${containers}` : containers;
}

/** Each text once, in the order of its bytes. */
export function distinct(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compareBytes);
}

/** `key="value"`, the value quoted as Go does. */
export function annotationText(key: string, value: string): string {
  return `${key}=${quoteGo(value)}`;
}
