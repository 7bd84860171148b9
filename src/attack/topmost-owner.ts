// Which object of the input a pod is made from in the end: of a Deployment's pod the Deployment, not its ReplicaSet.

import type { Resource } from "../cluster/resource.ts";
import { isPodCarrierKind } from "../kubernetes/pod-template.ts";

/** Deployments stand two levels above their pods; custom controllers may stand a few more. */
const DEEPEST = 8;

/** Linear in the resources, then constant for each asked. A resource without an owner in the input is its own. */
export function topmostOwners(resources: readonly Resource[]): (resource: Resource) => Resource {
  const carriers = new Map<string, Resource>();
  for (const resource of resources) {
    const { object } = resource;
    const uid = object.metadata?.uid;
    if (uid && object.kind !== "Pod" && isPodCarrierKind(object.apiVersion, object.kind)) carriers.set(uid, resource);
  }
  return (resource) => {
    let top = resource;
    for (let depth = 0; depth < DEEPEST; depth++) {
      const owners = top.object.metadata?.ownerReferences ?? [];
      const above = owners.find((owner) => owner?.controller === true)?.uid;
      const next = above ? carriers.get(above) : undefined;
      if (next === undefined || next === top) break;
      top = next;
    }
    return top;
  };
}
