// Why a finding is where it is, when the resource's own fields do not say so.

import { qualifiedName, type ResourceId } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { OwnerReference } from "../../kubernetes/object.ts";
import type { Message } from "../../verdicts/message.ts";
import { staticPodNode } from "./controller.ts";

/** Of what stands for itself: a static pod, or something whose controller is not there. */
export function originOf(resource: Resource, missing: OwnerReference | undefined): Message | undefined {
  const node = staticPodNode(resource);
  if (node !== undefined) return { id: "origin.static-pod", arguments: { node } };
  if (missing === undefined) return undefined;
  return { id: "origin.orphan", arguments: { owner: `${missing.kind ?? ""} ${missing.name ?? ""}` } };
}

/** Of what only instances have: an older template that still runs, or something done to the pods alone. */
export function differenceOrigin(revision: ResourceId | undefined): Message {
  if (revision === undefined) return { id: "origin.not-in-template" };
  return { id: "origin.older-template", arguments: { owner: `${revision.kind} ${qualifiedName(revision)}` } };
}
