// Narrowing untrusted objects once, at the border: a shape says which JSON types the API server would decode.
// Unknown fields are ignored, null reads as absent (as encoding/json does in k8s.io/apimachinery), and only
// the fields some engine reads are listed.

import type { Path, PathSegment } from "./path.ts";

/** A field whose JSON type the API server would refuse. */
export interface ShapeProblem {
  readonly path: Path;
  readonly expected: string;
  readonly found: string;
}

/** Checks a value and reports every field of the wrong type. `T` is the type a clean value has. */
export interface Shape<T> {
  readonly expected: string;
  readonly check: (value: unknown, at: PathSegment[], problems: ShapeProblem[]) => void;
  /** Never set: carries the type. */
  readonly type?: T;
}

/** The TypeScript type of values that a shape accepts. */
export type TypeOf<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;

/** Every field may be absent or null. */
export type ObjectOf<F extends Fields> = { readonly [K in keyof F]?: TypeOf<F[K]> | null };

/** What JSON type a value has, in the words of a message. */
export function jsonTypeOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "object" ? "object" : typeof value;
}

function scalar<T>(expected: string, accepts: (value: unknown) => boolean): Shape<T> {
  return {
    expected,
    check: (value, at, problems) => {
      if (value !== null && value !== undefined && !accepts(value)) {
        problems.push({ path: [...at], expected, found: describe(value, expected) });
      }
    },
  };
}

function describe(value: unknown, expected: string): string {
  return expected === "integer" && typeof value === "number" ? `number ${value}` : jsonTypeOf(value);
}

export const string: Shape<string> = scalar("string", (value) => typeof value === "string");
export const boolean: Shape<boolean> = scalar("boolean", (value) => typeof value === "boolean");
export const integer: Shape<number> = scalar("integer", (value) => Number.isInteger(value));
export const intOrString: Shape<number | string> = scalar(
  "integer or string",
  (value) => typeof value === "string" || Number.isInteger(value),
);
/** resource.Quantity decodes from a string or a number. */
export const quantity: Shape<number | string> = scalar(
  "quantity (string or number)",
  (value) => typeof value === "string" || typeof value === "number",
);
/** Present or absent is all that is read. */
export const anything: Shape<unknown> = { expected: "anything", check: () => {} };

/** An array; a null element decodes to the zero value, so elements may be null. */
export function array<T>(element: Shape<T>): Shape<readonly (T | null)[]> {
  return {
    expected: "array",
    check: (value, at, problems) => {
      if (value === null || value === undefined) return;
      if (!Array.isArray(value)) {
        problems.push({ path: [...at], expected: "array", found: jsonTypeOf(value) });
        return;
      }
      for (let index = 0; index < value.length; index++) {
        at.push(index);
        element.check(value[index], at, problems);
        at.pop();
      }
    },
  };
}

/** A string-keyed map; null values decode to the zero value. */
export function map<T>(element: Shape<T>): Shape<{ readonly [key: string]: T | null }> {
  return {
    expected: "object",
    check: (value, at, problems) => {
      if (value === null || value === undefined) return;
      if (typeof value !== "object" || Array.isArray(value)) {
        problems.push({ path: [...at], expected: "object", found: jsonTypeOf(value) });
        return;
      }
      for (const key of Object.keys(value)) {
        at.push(key);
        element.check((value as Record<string, unknown>)[key], at, problems); // own enumerable key
        at.pop();
      }
    },
  };
}

/** An object with the given fields; others are ignored. */
export function object<F extends Fields>(fields: F): Shape<ObjectOf<F>> {
  const known = new Map(Object.entries(fields));
  return {
    expected: "object",
    check: (value, at, problems) => {
      if (value === null || value === undefined) return;
      if (typeof value !== "object" || Array.isArray(value)) {
        problems.push({ path: [...at], expected: "object", found: jsonTypeOf(value) });
        return;
      }
      for (const key of Object.keys(value)) {
        const field = known.get(key);
        if (field === undefined) continue;
        at.push(key);
        field.check((value as Record<string, unknown>)[key], at, problems); // own enumerable key
        at.pop();
      }
    },
  };
}

/** The value narrowed, or every problem found in it. */
export type Narrowed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/**
 * Narrows `value` to the shape's type. Linear in the number of known fields; copies nothing.
 *
 * @example
 * narrow(object({ replicas: integer }), { replicas: "3" })
 * // { ok: false, problems: [{ path: ["replicas"], expected: "integer", found: "string" }] }
 */
export function narrow<T>(shape: Shape<T>, value: unknown, at: Path = []): Narrowed<T> {
  const problems: ShapeProblem[] = [];
  shape.check(value, [...at], problems);
  return problems.length === 0
    ? { ok: true, value: (value ?? {}) as T } // every known field was just checked
    : { ok: false, problems };
}
