// Equal strings and paths as one: of 100,000 workloads most say `prod`, `spec.template.spec.serviceAccountName` and the
// like in words of their own. Memory stays bounded: when full, the tables start anew.

import type { Path } from "../kubernetes/path.ts";

const MOST_ENTRIES = 20_000;

function table<T>(): (key: string, value: T) => T {
  const known = new Map<string, T>();
  return (key, value) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST_ENTRIES) known.clear();
    known.set(key, value);
    return value;
  };
}

const text = table<string>();
const path = table<Path>();

/** An equal string, most often one that is in use already. */
export function interned(value: string): string {
  return text(value, value);
}

/** An equal path. */
export function internedPath(value: Path): Path {
  let key = "";
  for (const segment of value) key += typeof segment === "number" ? `#${segment}` : `${segment.length}.${segment}`;
  return path(key, value);
}

/** An equal map, its values interned. */
export function internedValues<T extends string | null>(values: {
  readonly [key: string]: T;
}): { readonly [key: string]: T } {
  const copy: { [key: string]: T } = {};
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value === undefined) continue;
    copy[key] = (typeof value === "string" ? interned(value) : value) as T; // a string stays a string
  }
  return copy;
}
