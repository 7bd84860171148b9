// What can be wrong with one object of an audit log. `item` is its place in the list that holds it.

import type { ShapeProblem } from "../../kubernetes/shape.ts";

export type LineProblem = { readonly item?: number } & (
  | { readonly kind: "not-json" }
  | { readonly kind: "not-an-event"; readonly found: string }
  | { readonly kind: "version"; readonly apiVersion: string }
  | { readonly kind: "malformed"; readonly problem: ShapeProblem }
  | { /** Of an event that counts all the same. */ readonly kind: "time"; readonly found: string }
);
