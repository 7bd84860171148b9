// What proves a step, and what would stop it: fields of objects, each with a way to its place.

import type { Resource } from "../cluster/resource.ts";
import type { Path } from "../kubernetes/path.ts";
import type { Grant } from "../layers/access/grant.ts";

/** Enough of a resource to name and locate it. */
export type Located = Pick<Resource, "id" | "locate">;

export interface FieldFact {
  readonly kind: "field";
  readonly resource: Located;
  readonly path: Path;
}

/** What a person can look up. */
export type Fact =
  | FieldFact
  | { /** A binding grants a rule of a role. */ readonly kind: "grant"; readonly grant: Grant<Located> };

/** One change that makes a step impossible. Equal ids are one change, whatever steps it stops. */
export interface Control {
  readonly id: string;
  readonly change: Change;
}

export type Change =
  | {
      readonly kind: "narrow-role";
      readonly role: Located;
      readonly rule: number;
      readonly power: string;
      /** The rule gives it by a wildcard: it must be rewritten, not shortened. */
      readonly isWide: boolean;
    }
  | { readonly kind: "remove-subject"; readonly binding: Located; readonly index: number; readonly subject: string }
  | {
      readonly kind: "enforce-level";
      readonly namespace: string;
      readonly level: "baseline" | "restricted";
    }
  | { /** `automountServiceAccountToken: false` in the pod. */ readonly kind: "no-token"; readonly workload: Located }
  | { readonly kind: "change-field"; readonly resource: Located; readonly path: Path }
  | { readonly kind: "delete-object"; readonly resource: Located };
