// Objects that carry a pod template: what to send where, so that admission evaluates the template.

import type { RandomPod } from "./pods/pods.ts";
import type { JsonObject } from "./pods/sparse.ts";

export interface PodCarrier {
  readonly kind: string;
  /** Below the namespace, e.g. `deployments`. */
  readonly resource: string;
  readonly apiPath: string;
  readonly wrap: (template: JsonObject) => JsonObject;
  readonly restartPolicy: string;
}

const LABELS = { app: "random" };
const selector = { matchLabels: LABELS };

function controller(kind: string, resource: string, spec: JsonObject): PodCarrier {
  const wrap = (template: JsonObject): JsonObject => ({ ...spec, template });
  return { kind, resource, apiPath: "/apis/apps/v1", wrap, restartPolicy: "Always" };
}

const batch = { apiPath: "/apis/batch/v1", restartPolicy: "Never" };
const core = { apiPath: "/api/v1", restartPolicy: "Always" };

export const POD_CARRIERS: readonly PodCarrier[] = [
  controller("Deployment", "deployments", { selector }),
  controller("ReplicaSet", "replicasets", { selector }),
  controller("DaemonSet", "daemonsets", { selector }),
  controller("StatefulSet", "statefulsets", { selector, serviceName: "random" }),
  { ...batch, kind: "Job", resource: "jobs", wrap: (template) => ({ template }) },
  {
    ...batch,
    kind: "CronJob",
    resource: "cronjobs",
    wrap: (template) => ({ schedule: "* * * * *", jobTemplate: { spec: { template } } }),
  },
  {
    ...core,
    kind: "ReplicationController",
    resource: "replicationcontrollers",
    wrap: (template) => ({ selector: LABELS, template }),
  },
];

/** The template that a random pod makes for a carrier. */
export function templateOf(carrier: PodCarrier, pod: RandomPod): JsonObject {
  const { annotations } = pod.metadata;
  return { metadata: { labels: LABELS, annotations }, spec: { ...pod.spec, restartPolicy: carrier.restartPolicy } };
}

/** The object to create. */
export function carrierObject(carrier: PodCarrier, template: JsonObject): JsonObject {
  const apiVersion = carrier.apiPath.replace(/^\/apis?\//, "");
  return { apiVersion, kind: carrier.kind, metadata: { name: "random" }, spec: carrier.wrap(template) };
}
