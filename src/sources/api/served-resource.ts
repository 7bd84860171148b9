// A resource as an API server serves it.

import type { ApiFailure } from "./api-error.ts";

export interface ServedResource {
  readonly group: string;
  readonly version: string;
  /** Plural and lower case, as in paths and rules. */
  readonly resource: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly isListable: boolean;
}

/** A group version whose server (an extension API server) did not answer. */
export interface UnknownGroupVersion {
  readonly groupVersion: string;
  readonly failure: ApiFailure;
}
