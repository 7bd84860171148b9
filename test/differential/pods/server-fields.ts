// Fields of pods by the first Kubernetes minor whose API has them: older servers drop them before admission.

import type { Json } from "./sparse.ts";

const FIELDS_SINCE: Readonly<Record<string, number>> = { appArmorProfile: 30 };

/** A copy without the fields that a server of this minor does not know. */
export function knownTo<T extends Json>(serverMinor: number, value: T): T {
  const isKnown = (field: string): boolean => (FIELDS_SINCE[field] ?? 0) <= serverMinor;
  const text = JSON.stringify(value, (field, inner: unknown) => (isKnown(field) ? inner : undefined));
  return JSON.parse(text) as T; // only optional fields are gone
}
