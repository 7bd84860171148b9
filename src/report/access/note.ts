// What a person should know beside an answer: on what it rests, and what may differ from it.

import type { Position } from "../../cluster/resource.ts";
import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import type { AccessSource } from "../../layers/access/access-source.ts";
import type { Grant } from "../../layers/access/grant.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText } from "../evidence-text.ts";
import { printable } from "../printable.ts";

export type AccessNote =
  | { readonly kind: "other-authorizer"; readonly name: string; readonly at: Position | undefined }
  | { readonly kind: "brought-roles"; readonly names: readonly string[]; readonly minor: KubernetesMinor }
  | { readonly kind: "aggregation-stale"; readonly name: string; readonly at: Position | undefined }
  | { readonly kind: "duplicate"; readonly resource: string; readonly at: Position | undefined }
  | { readonly kind: "unknown-resource"; readonly resource: string }
  | { readonly kind: "looks-like-subresource"; readonly resource: string; readonly name: string }
  | { readonly kind: "cluster-scoped"; readonly resource: string }
  | { readonly kind: "also-create"; readonly subresource: string; readonly allowed: boolean }
  | { readonly kind: "dangling"; readonly binding: string; readonly role: string; readonly at: Position | undefined };

/** Without roles that Kubernetes brings and the answer does not rest on. */
export function relevantNotes(
  notes: readonly AccessNote[],
  grants: readonly Grant<AccessSource>[],
): readonly AccessNote[] {
  const used = new Set(grants.flatMap((grant) => (grant.kind === "rbac" ? [grant.role.name] : [])));
  return notes.flatMap((note): readonly AccessNote[] => {
    if (note.kind !== "brought-roles") return [note];
    const names = note.names.filter((name) => used.has(name));
    return names.length === 0 ? [] : [{ ...note, names }];
  });
}

/** One sentence. */
export function noteText(note: AccessNote, catalogue: Catalogue): string {
  const place = "at" in note && note.at !== undefined ? ` (${placeText(note.at)})` : "";
  return `${printable(sentence(note, catalogue))}${place}`;
}

function sentence(note: AccessNote, { say }: Catalogue): string {
  switch (note.kind) {
    case "other-authorizer":
      return say("access.note-other-authorizer", { name: note.name });
    case "brought-roles":
      return say("access.note-brought-roles", {
        names: note.names.join(", "),
        count: note.names.length,
        minor: note.minor,
      });
    case "aggregation-stale":
      return say("access.note-aggregation-stale", { name: note.name });
    case "duplicate":
      return say("access.note-duplicate", { resource: note.resource });
    case "unknown-resource":
      return say("access.note-unknown-resource", { resource: note.resource });
    case "looks-like-subresource":
      return say("access.note-looks-like-subresource", { resource: note.resource, name: note.name });
    case "cluster-scoped":
      return say("access.note-cluster-scoped", { resource: note.resource });
    case "also-create":
      return say(note.allowed ? "access.note-also-create-yes" : "access.note-also-create-no", {
        subresource: note.subresource,
      });
    case "dangling":
      return say("access.note-dangling", { binding: note.binding, role: note.role });
  }
}

/** As documents carry them. */
export function noteDocument(note: AccessNote, catalogue: Catalogue): object {
  return { code: note.kind, message: noteText(note, catalogue) };
}
