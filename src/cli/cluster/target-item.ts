// What a TARGET yields, whatever it is: values of files, and objects of a server with where they come from.

import type { Locator, Provenance } from "../../cluster/resource.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { SourceItem } from "../../sources/manifests/manifest-source.ts";

/** `provenance` is set for what comes from a server or its dump. */
export type TargetItem = SourceItem & { readonly provenance?: Provenance };

/** Objects of a server have no place in a file. */
export const NOWHERE: Locator = () => undefined;

/** Secrets are not asked for: said where it matters to a rule, but no reason to call the run incomplete. */
export const SECRETS_UNREAD: Gap = {
  code: "secret-contents",
  what: "secrets",
  reason: { id: "secret-contents" },
  unread: { group: "", kind: "Secret" },
  isAccepted: true,
};

export function serverItem(value: unknown, file: string, provenance: Provenance): TargetItem {
  return { kind: "value", value, locate: NOWHERE, file, provenance };
}
