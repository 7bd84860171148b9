// Which pods of an input an attacker meets: those that are there, and those that will be made of templates.

import type { Resource } from "../cluster/resource.ts";
import { isPodCarrierKind } from "../kubernetes/pod-template.ts";
import { claimedPaths } from "./claimed-paths.ts";
import { podFactsOf, type PodFacts, type PodView } from "./pod-facts.ts";
import { topmostOwners } from "./topmost-owner.ts";

/** Pods, and templates of what owns no pod of the input: a Deployment whose pods are there would be said twice. */
export function shownPods(resources: readonly Resource[], view: PodView): readonly PodFacts[] {
  const carriers = resources.filter(({ object }) => isPodCarrierKind(object.apiVersion, object.kind));
  const owners = new Map<string, readonly string[]>();
  const owning = new Set<string>();
  for (const { id, object } of carriers) {
    const above = object.metadata?.ownerReferences ?? [];
    if (isPod(id)) {
      for (const owner of above) if (owner?.uid) owning.add(owner.uid);
    } else if (object.metadata?.uid) {
      owners.set(
        object.metadata.uid,
        above.flatMap((owner) => owner?.uid ?? []),
      );
    }
  }
  for (const uid of owning) for (const above of owners.get(uid) ?? []) owning.add(above); // sets grow while walked
  const ownerOf = topmostOwners(carriers);
  const claimed = claimedPaths(resources);
  return carriers
    .filter(({ id, object }) => isPod(id) || !owning.has(object.metadata?.uid ?? " "))
    .flatMap((resource) => podFactsOf(resource, ownerOf(resource), claimed, view));
}

function isPod({ group, kind }: Resource["id"]): boolean {
  return kind === "Pod" && group === "";
}
