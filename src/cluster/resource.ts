// A Kubernetes object with its identity and provenance.

import type { KubernetesObject } from "../kubernetes/object.ts";
import type { Path } from "../kubernetes/path.ts";
import type { ResourceId } from "./resource-id.ts";

/** Where a value stands in a file; 1-based. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /**
   * For what a renderer made of `file`: where it stands in the rendered text. Then `line` and `column` are 1, for the
   * whole file: a line of one text is never given as a line of another.
   */
  readonly rendered?: { readonly line: number; readonly column: number };
}

/**
 * Turns paths of one object into positions; for a path that does not exist, the nearest ancestor that does.
 * `undefined` for objects that come from no file.
 */
export type Locator = (path: Path) => Position | undefined;

/** Where an object was read: a document of a file, or a server at a resourceVersion. */
export type Provenance =
  | { readonly kind: "file"; readonly file: string }
  | {
      readonly kind: "server";
      readonly server: string;
      readonly resourceVersion: string;
      /** The JSON of `metadata.managedFields`, which is taken out of the object to save memory. */
      readonly managedFields?: string;
    };

export interface Resource {
  readonly id: ResourceId;
  readonly object: KubernetesObject;
  readonly provenance: Provenance;
  readonly locate: Locator;
}
