// Labels of a namespace as they are and as they are proposed.

import type { ObjectMeta } from "../../../kubernetes/object.ts";

export type Labels = NonNullable<ObjectMeta["labels"]>;

const PREFIX = "pod-security.kubernetes.io/";
const SHORT = new Set(["enforce", "enforce-version", "audit", "audit-version", "warn", "warn-version"]);
const NAMES: ReadonlySet<string> = new Set([...SHORT].map((name) => PREFIX + name));

/** Changes to labels in the words of `kubectl label`; `null` takes a label away. */
export type LabelChanges = ReadonlyMap<string, string | null>;

export type ReadLabelChanges =
  | { readonly ok: true; readonly changes: LabelChanges }
  | { readonly ok: false; readonly value: string; readonly candidates: readonly string[] };

/**
 * Reads `key=value` and `key-`; the keys of Pod Security may be given without their prefix.
 *
 * @example
 * readLabelChanges(["enforce=restricted", "warn-"])
 */
export function readLabelChanges(words: readonly string[]): ReadLabelChanges {
  const changes = new Map<string, string | null>();
  for (const word of words) {
    const equals = word.indexOf("=");
    const isRemoval = equals === -1 && word.endsWith("-");
    const short = equals === -1 ? word.slice(0, isRemoval ? -1 : undefined) : word.slice(0, equals);
    const key = SHORT.has(short) ? PREFIX + short : short;
    if ((equals === -1 && !isRemoval) || !isKnown(key)) return { ok: false, value: word, candidates: [...SHORT] };
    changes.set(key, isRemoval ? null : word.slice(equals + 1));
  }
  return { ok: true, changes };
}

/** Labels of others mean nothing to admission, but a misspelt one of ours would be a proposal that does nothing. */
function isKnown(key: string): boolean {
  return key.startsWith(PREFIX) ? NAMES.has(key) : key.includes("/");
}

export function withChanges(labels: Labels, changes: LabelChanges): Labels {
  const changed: Record<string, string | null> = { ...labels };
  for (const [key, value] of changes) {
    if (value === null) delete changed[key];
    else changed[key] = value;
  }
  return changed;
}
