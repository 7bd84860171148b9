// What a TARGET yields, whatever it is: values of files, and objects of a server with where they come from.

import type { Locator, Provenance } from "../../cluster/resource.ts";
import type { SourceItem } from "../../sources/manifests/manifest-source.ts";

/** `provenance` is set for what comes from a server or its dump. */
export type TargetItem = SourceItem & { readonly provenance?: Provenance };

/** Objects of a server have no place in a file. */
export const NOWHERE: Locator = () => undefined;

export function serverItem(value: unknown, file: string, provenance: Provenance): TargetItem {
  return { kind: "value", value, locate: NOWHERE, file, provenance };
}
