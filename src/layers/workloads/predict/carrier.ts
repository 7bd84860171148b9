// What runs pods, or is one, as the predictor keeps it: the pods it makes now and would make at its next rollout.

import type { ResourceId } from "../../../cluster/resource-id.ts";
import type { Position } from "../../../cluster/resource.ts";
import { syncAppArmor } from "../../../kubernetes/app-armor-annotations.ts";
import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject, OwnerReference } from "../../../kubernetes/object.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import { defaultPod, defaultTemplate } from "../../../kubernetes/pod-defaults.ts";
import type { PodTemplate } from "../../../kubernetes/pod.ts";
import { narrowPods, type NarrowedPod } from "../../../verdicts/pod-subjects.ts";
import type { ShapeProblem } from "../../../kubernetes/shape.ts";

/** Why a carrier runs no pods at the moment. */
export type Pause = "scaled-to-zero" | "suspended";

export interface Carrier {
  readonly id: ResourceId;
  /** Empty where the object has none, as in files. */
  readonly uid: string;
  readonly isPod: boolean;
  /** Read from a server: it exists, so nothing about it is asked again until it is changed or replaced. */
  readonly isLive: boolean;
  /** Admission reads its template. Those of custom kinds it cannot see; only their pods, when they are made. */
  readonly isSeen: boolean;
  readonly pause: Pause | undefined;
  /** The controller among its owners. */
  readonly owner: OwnerReference | undefined;
  /** As written; one for each template in it. */
  readonly templates: readonly PodTemplate[];
  readonly position: Position | undefined;
}

export type ReadCarrier =
  | { readonly kind: "carrier"; readonly carrier: Carrier }
  | { readonly kind: "invalid"; readonly problem: ShapeProblem }
  | { readonly kind: "none" };

/** The kinds whose templates admission evaluates (pod-security-admission/admission/admission.go). */
const SEEN: ReadonlySet<string> = new Set([
  "/Pod",
  "/PodTemplate",
  "/ReplicationController",
  "apps/DaemonSet",
  "apps/Deployment",
  "apps/ReplicaSet",
  "apps/StatefulSet",
  "batch/CronJob",
  "batch/Job",
]);

/** Reads what an object says about pods; `none` when it carries none. */
export function readCarrier(
  id: ResourceId,
  object: KubernetesObject,
  position: Position | undefined,
  minor: KubernetesMinor,
): ReadCarrier {
  const { pods, problems } = narrowPods(object, minor);
  const [problem] = problems;
  if (problem !== undefined) return { kind: "invalid", problem };
  if (pods.length === 0) return { kind: "none" };
  const { uid, ownerReferences } = object.metadata ?? {};
  const carrier: Carrier = {
    id,
    uid: uid ?? "",
    isPod: id.group === "" && id.kind === "Pod",
    isLive: uid != null && uid !== "",
    isSeen: SEEN.has(`${id.group}/${id.kind}`),
    pause: pauseOf(object),
    owner: ownerReferences?.find((owner) => owner?.controller === true) ?? undefined,
    templates: pods.map(({ template }: NarrowedPod) => template),
    position,
  };
  return { kind: "carrier", carrier };
}

function pauseOf(object: KubernetesObject): Pause | undefined {
  if (valueAt(object, ["spec", "suspend"]) === true) return "suspended";
  return valueAt(object, ["spec", "replicas"]) === 0 ? "scaled-to-zero" : undefined;
}

/** The pods as they come before admission: enforce sees these, also for controllers of kinds it does not know. */
export function podsOf({ templates, isPod, isLive }: Carrier, minor: KubernetesMinor): readonly PodTemplate[] {
  // A live pod was completed by the server that took it.
  return templates.map((pod) => (isPod && isLive ? defaultPod(pod) : syncAppArmor(defaultPod(pod), minor)));
}

/** What admission reads of the object itself: a template has fewer defaults than the pods made from it. */
export function seenOf(carrier: Carrier, minor: KubernetesMinor): readonly PodTemplate[] {
  if (carrier.isPod) return podsOf(carrier, minor);
  return carrier.isSeen ? carrier.templates.map((template) => defaultTemplate(template, minor)) : [];
}
