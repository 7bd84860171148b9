// Which resource answers for an object: the highest of its controllers that was read and is judged. Deployments answer
// for their ReplicaSets and pods, CronJobs for their Jobs and pods.

import type { Resource } from "../../cluster/resource.ts";
import { isPodCarrierKind } from "../../kubernetes/pod-template.ts";
import type { OwnerReference } from "../../kubernetes/object.ts";
import { withoutText } from "../keep-facts.ts";
import { controllerOf } from "./controller.ts";
import { templateText } from "./twins.ts";

/** A resource that pods may answer to. */
export interface Owner {
  /** Type and metadata only. */
  readonly resource: Resource;
  readonly isInScope: boolean;
  readonly controller: OwnerReference | undefined;
  /** See {@link templateText}. */
  readonly template: string | undefined;
  /** Pods that run under it. */
  pods: number;
}

export type Standing =
  /** `missing` is the controller that was not read. */
  | { readonly kind: "itself"; readonly missing?: OwnerReference }
  | { readonly kind: "under"; readonly top: Owner }
  /** A controller on the way up was not read yet. */
  | { readonly kind: "open" };

export interface Owners {
  readonly add: (resource: Resource) => void;
  readonly get: (resource: Resource) => Owner | undefined;
  /** Whether it runs what `owner`, its controller, has as its template, as a Deployment's newest ReplicaSet does. */
  readonly isCopy: (resource: Resource, owner: Owner) => boolean;
  readonly standingOf: (resource: Resource) => Standing;
  /** Everything was read: what is still missing is not there. */
  readonly close: () => void;
}

const ITSELF: Standing = { kind: "itself" };
const OPEN: Standing = { kind: "open" };
/** Nothing real is nested deeper; a cycle of references ends here. */
const MOST_LEVELS = 16;

/** Memory: the metadata of each resource that carries a pod template and has a uid; none for manifests, which have none. */
export function createOwners(isInScope: (resource: Resource) => boolean): Owners {
  const byUid = new Map<string, Owner>();
  let isClosed = false;

  const standingOf = (resource: Resource): Standing => {
    let controller = controllerOf(resource);
    if (controller === undefined) return ITSELF;
    let missing: OwnerReference | undefined;
    let top: Owner | undefined;
    for (let level = 0; controller !== undefined && level < MOST_LEVELS; level++) {
      const named = byUid.get(controller.uid ?? "");
      // Across namespaces nobody owns anything (k/k pkg/controller/garbagecollector deletes what says so).
      const owner = named?.resource.id.namespace === resource.id.namespace ? named : undefined;
      if (owner === undefined) {
        if (!isClosed) return OPEN;
        if (level === 0) missing = controller;
        break;
      }
      if (owner.isInScope) top = owner;
      controller = owner.controller;
    }
    if (top !== undefined) return { kind: "under", top };
    return missing === undefined ? ITSELF : { kind: "itself", missing };
  };

  return {
    standingOf,
    add: (resource) => {
      const { apiVersion, kind, metadata } = resource.object;
      if (!metadata?.uid || kind === "Pod" || !isPodCarrierKind(apiVersion, kind)) return;
      byUid.set(metadata.uid, {
        resource: withoutText(resource),
        isInScope: isInScope(resource),
        controller: controllerOf(resource),
        template: templateText(resource),
        pods: 0,
      });
    },
    get: ({ object }) => byUid.get(object.metadata?.uid ?? ""),
    isCopy: (resource, owner) => {
      const template = byUid.get(resource.object.metadata?.uid ?? "")?.template;
      return template !== undefined && template === owner.template && isControlledBy(resource, owner);
    },
    close: () => {
      isClosed = true;
    },
  };
}

function isControlledBy(resource: Resource, { resource: { object } }: Owner): boolean {
  return controllerOf(resource)?.uid === object.metadata?.uid;
}
