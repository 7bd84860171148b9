// Where an object of a live cluster was read, and who set which of its fields.

import type { Provenance } from "../../cluster/resource.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";

export type ServerProvenance = Extract<Provenance, { readonly kind: "server" }>;

/** An object as a scan takes it: of a server, with its type set even where lists leave it out. */
export interface ServedObject {
  readonly object: KubernetesObject;
  readonly provenance: ServerProvenance;
}
