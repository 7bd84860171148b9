// A piece of a file that holds one object (or, rarely, a few): the unit that is parsed, evaluated and released.

import type { Gap } from "../../verdicts/gap.ts";

export interface SourceDocument {
  readonly kind: "document";
  readonly file: string;
  readonly format: "yaml" | "json";
  readonly text: string;
  /** Position of the first character of `text`; 1-based, columns in UTF-16 units. */
  readonly firstLine: number;
  readonly firstColumn: number;
  /** YAML only: blanks put before lines (0-based in `text`) so that it parses; no part of the file. */
  readonly inserted?: ReadonlyMap<number, number>;
  /** JSON only: how many member names the text has, to find duplicates that JSON.parse drops. */
  readonly keys?: number;
  /** Kind of the surrounding typed list (`PodList`), whose items need not name their own. */
  readonly list?: { readonly apiVersion: string; readonly kind: string };
}

/** What splitting a file yields: documents, and pieces that could not be made one. */
export type SplitPart = SourceDocument | { readonly kind: "gap"; readonly gap: Gap };

/** A document outside a List may not be larger: nothing Kubernetes accepts comes near (etcd takes 1.5 MiB). */
export const LARGEST_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** Nesting beyond this is refused, as the API server's decoder does at 10,000 with far smaller objects in mind. */
export const DEEPEST_NESTING = 1000;
/** How many nodes a document may have after its aliases are expanded. */
export const MOST_EXPANDED_NODES = 1_000_000;
