// Building blocks for random objects whose fields are mostly absent.

import fc, { type Arbitrary } from "fast-check";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** `undefined` is an absent field: JSON drops it. */
export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

/** The value in `percent` of the cases, else absent; now and then null, which the API server reads as absent. */
export function sometimes<T extends Json>(percent: number, value: Arbitrary<T>): Arbitrary<T | null | undefined> {
  return fc.oneof(
    { withCrossShrink: true }, // towards the absent field
    { weight: 98 - percent, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: percent, arbitrary: value },
  );
}

/** An object each of whose fields is there in `percent` of the cases. */
export function sparse(percent: number, fields: Readonly<Record<string, Arbitrary<Json>>>): Arbitrary<JsonObject> {
  const entries = Object.entries(fields).map(([name, value]) => [name, sometimes(percent, value)] as const);
  return fc.record(Object.fromEntries(entries));
}

/** Text that a message has to quote: plain, with quotes and control characters, and beyond ASCII. */
export const anyText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "with space",
    'with"quote',
    "back\\slash",
    "new\nline",
    "tab\t",
    "é",
    "日本",
    "\uff41",
    "\u{1F600}",
  ),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 4 }),
);

/** A copy without absent fields, as it travels. */
export function asSent<T extends Json>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T; // only absent fields differ
}
