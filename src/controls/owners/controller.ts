// Who controls an object: the one owner reference with `controller: true` (k8s.io/apimachinery/pkg/apis/meta/v1), as far
// as it leads to something that carries pods. A Pod of a Node is the mirror of a static pod and stands for itself.

import type { Resource } from "../../cluster/resource.ts";
import { groupOf, type ObjectMeta, type OwnerReference } from "../../kubernetes/object.ts";
import { valueAt } from "../../kubernetes/path.ts";
import { isPodCarrierKind } from "../../kubernetes/pod-template.ts";

/** The controller of something that carries pods, if that carries pods too; `undefined` for what stands for itself. */
export function controllerOf({ object }: Pick<Resource, "object">): OwnerReference | undefined {
  return isCarrier(object) ? carrierAbove(object.metadata) : undefined;
}

/** Saved revisions of a StatefulSet or DaemonSet: history that nothing runs from. */
export function isControllerRevision({ id, object }: Resource): boolean {
  return id.group === "apps" && id.kind === "ControllerRevision" && carrierAbove(object.metadata) !== undefined;
}

function carrierAbove(metadata: ObjectMeta | null | undefined): OwnerReference | undefined {
  const controller = metadata?.ownerReferences?.find((owner) => owner?.controller === true);
  return controller?.uid && isCarrier(controller) ? controller : undefined;
}

function isCarrier({ apiVersion, kind }: Pick<OwnerReference, "apiVersion" | "kind">): boolean {
  return isPodCarrierKind(apiVersion ?? "", kind ?? "");
}

/**
 * Whether nothing of it runs any more: a ReplicaSet kept for a rollback, a finished Job, a Pod that ended. Its controller
 * will make no pod of it again, so that what was wrong with it is past.
 */
export function isPast({ id, object }: Resource): boolean {
  switch (`${id.group}/${id.kind}`) {
    case "apps/ReplicaSet":
    case "/ReplicationController":
      return valueAt(object, ["spec", "replicas"]) === 0 && !valueAt(object, ["status", "replicas"]);
    case "batch/Job":
      return hasEnded(valueAt(object, ["status", "conditions"]));
    case "/Pod": {
      const phase = valueAt(object, ["status", "phase"]);
      return phase === "Succeeded" || phase === "Failed";
    }
    default:
      return false;
  }
}

function hasEnded(conditions: unknown): boolean {
  if (!Array.isArray(conditions)) return false;
  return conditions.some((condition: unknown) => {
    const type = valueAt(condition, ["type"]);
    return (type === "Complete" || type === "Failed") && valueAt(condition, ["status"]) === "True";
  });
}

const MIRROR = "kubernetes.io/config.mirror";

/** The node of a static pod's mirror; `undefined` for every other object. */
export function staticPodNode({ id, object }: Resource): string | undefined {
  if (id.kind !== "Pod" || id.group !== "" || object.metadata?.annotations?.[MIRROR] == null) return undefined;
  const owner = object.metadata.ownerReferences?.find(
    (one) => one?.kind === "Node" && groupOf(one.apiVersion ?? "") === "",
  );
  const assigned = valueAt(object, ["spec", "nodeName"]);
  return owner?.name ?? (typeof assigned === "string" ? assigned : "");
}
