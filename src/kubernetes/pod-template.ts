// Where each kind carries the pods it runs. Built-in kinds from k8s.io/api; custom ones by their published CRDs.

import { groupOf } from "./object.ts";
import { valueAt, type Path } from "./path.ts";

/** A pod template inside an object. */
export interface PodTemplatePlace {
  /** From the root of the object to the template (which has `metadata` and `spec`). */
  readonly path: Path;
  /** Whether the object is the Pod itself. */
  readonly isPod: boolean;
}

const POD: readonly PodTemplatePlace[] = [{ path: [], isPod: true }];
const TEMPLATE = "spec.template";

/** `group/Kind` (any version) → where its templates are; `*` stands for every element of a list or map. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  "/PodTemplate": ["template"],
  "/ReplicationController": [TEMPLATE],
  "apps/DaemonSet": [TEMPLATE],
  "apps/Deployment": [TEMPLATE],
  "apps/ReplicaSet": [TEMPLATE],
  "apps/StatefulSet": [TEMPLATE],
  "batch/CronJob": ["spec.jobTemplate.spec.template"],
  "batch/Job": [TEMPLATE],
  // Obsolete groups of the same kinds (removed in 1.16), still met in files.
  "extensions/DaemonSet": [TEMPLATE],
  "extensions/Deployment": [TEMPLATE],
  "extensions/ReplicaSet": [TEMPLATE],
  // Controllers by CRD.
  "apps.kruise.io/AdvancedCronJob": [
    "spec.template.jobTemplate.spec.template",
    "spec.template.broadcastJobTemplate.spec.template",
  ],
  "apps.kruise.io/BroadcastJob": [TEMPLATE],
  "apps.kruise.io/CloneSet": [TEMPLATE],
  "apps.kruise.io/DaemonSet": [TEMPLATE],
  "apps.kruise.io/StatefulSet": [TEMPLATE],
  "apps.openshift.io/DeploymentConfig": [TEMPLATE],
  "argoproj.io/Rollout": [TEMPLATE],
  "batch.volcano.sh/Job": ["spec.tasks.*.template"],
  "flink.apache.org/FlinkDeployment": ["spec.podTemplate"],
  "jobset.x-k8s.io/JobSet": ["spec.replicatedJobs.*.template.spec.template"],
  "keda.sh/ScaledJob": ["spec.jobTargetRef.template"],
  "kubeflow.org/MPIJob": ["spec.mpiReplicaSpecs.*.template"],
  "kubeflow.org/Notebook": [TEMPLATE],
  "kubeflow.org/PyTorchJob": ["spec.pytorchReplicaSpecs.*.template"],
  "kubeflow.org/TFJob": ["spec.tfReplicaSpecs.*.template"],
  "leaderworkerset.x-k8s.io/LeaderWorkerSet": [
    "spec.leaderWorkerTemplate.leaderTemplate",
    "spec.leaderWorkerTemplate.workerTemplate",
  ],
  "ray.io/RayCluster": ["spec.headGroupSpec.template", "spec.workerGroupSpecs.*.template"],
  "ray.io/RayJob": [
    "spec.rayClusterSpec.headGroupSpec.template",
    "spec.rayClusterSpec.workerGroupSpecs.*.template",
    "spec.submitterPodTemplate",
  ],
  "serving.knative.dev/Configuration": [TEMPLATE],
  "serving.knative.dev/Revision": [""],
  "serving.knative.dev/Service": [TEMPLATE],
  "sparkoperator.k8s.io/SparkApplication": ["spec.driver.template", "spec.executor.template"],
};

/** Where a kind's templates may be: a place that is the same in every object, or steps that a `*` opens. */
type Step = { readonly steps: readonly string[]; readonly fixed: readonly PodTemplatePlace[] | undefined };
type Steps = readonly Step[];

const NO_PLACES: readonly PodTemplatePlace[] = [];
const stepsByVersion = new Map<string, Map<string, Steps | undefined>>();

/** Where a kind's templates are, split once: asked for every object. `undefined` for a kind that carries none. */
function stepsOf(apiVersion: string, kind: string): Steps | undefined {
  let kinds = stepsByVersion.get(apiVersion);
  if (kinds === undefined) {
    if (stepsByVersion.size > 1000) stepsByVersion.clear(); // odd versions in hostile input must not pile up
    kinds = new Map();
    stepsByVersion.set(apiVersion, kinds);
  }
  if (kinds.has(kind)) return kinds.get(kind);
  const key = `${groupOf(apiVersion)}/${kind}`;
  const places = Object.hasOwn(PLACES, key) ? PLACES[key] : undefined;
  const steps = places?.map(stepOf);
  if (kinds.size < 1000) kinds.set(kind, steps);
  return steps;
}

function stepOf(place: string): Step {
  const steps = place === "" ? [] : place.split(".");
  return { steps, fixed: steps.includes("*") ? undefined : [{ path: steps, isPod: false }] };
}

function isPodKind(apiVersion: string, kind: string): boolean {
  return kind === "Pod" && groupOf(apiVersion) === "";
}

/** Whether pods of this kind are known to be found: built-in workloads and custom ones of the table. */
export function isPodCarrierKind(apiVersion: string, kind: string): boolean {
  return isPodKind(apiVersion, kind) || stepsOf(apiVersion, kind) !== undefined;
}

/** The templates an object carries, in document order; empty when the kind has none or the fields are absent. */
export function podTemplatesOf(object: {
  readonly apiVersion: string;
  readonly kind: string;
}): readonly PodTemplatePlace[] {
  if (isPodKind(object.apiVersion, object.kind)) return POD;
  const places = stepsOf(object.apiVersion, object.kind);
  if (places === undefined) return NO_PLACES;
  const [only] = places;
  if (places.length === 1 && only !== undefined) return placesIn(object, only);
  return places.flatMap((place) => placesIn(object, place));
}

function placesIn(object: unknown, { steps, fixed }: Step): readonly PodTemplatePlace[] {
  if (fixed !== undefined) return valueAt(object, steps) == null ? NO_PLACES : fixed;
  return expand(object, steps).map((path) => ({ path, isPod: false }));
}

function expand(root: unknown, steps: readonly string[]): readonly Path[] {
  const star = steps.indexOf("*");
  if (star === -1) return valueAt(root, steps) == null ? [] : [steps];
  const before = steps.slice(0, star);
  const list = valueAt(root, before);
  if (list === null || typeof list !== "object") return [];
  const keys = Array.isArray(list) ? [...list.keys()] : Object.keys(list);
  return keys.flatMap((key) => expandBelow(list, key, steps.slice(star + 1)).map((rest) => [...before, key, ...rest]));
}

function expandBelow(list: object, key: string | number, steps: readonly string[]): readonly Path[] {
  return expand(valueAt(list, [key]), steps);
}

const DEEPEST = 40;

/**
 * Whether something inside has the shape of pod containers: a `containers` array with an `image`.
 * For kinds outside the table: such an object must not pass unseen.
 */
export function looksLikePodCarrier(value: unknown, depth = 0): boolean {
  if (value === null || typeof value !== "object" || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.some((element) => looksLikePodCarrier(element, depth + 1));
  for (const key of Object.keys(value)) {
    const field = (value as Record<string, unknown>)[key]; // own enumerable key
    if (key === "containers" && Array.isArray(field) && field.some(hasImage)) return true;
    if (looksLikePodCarrier(field, depth + 1)) return true;
  }
  return false;
}

function hasImage(container: unknown): boolean {
  return container !== null && typeof container === "object" && "image" in container;
}
