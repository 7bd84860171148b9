// What scales a workload: HorizontalPodAutoscaler (autoscaling v1 to v2), KEDA's ScaledObject, VerticalPodAutoscaler.

import type { Path } from "../../../kubernetes/path.ts";
import { anything, array, integer, map, narrow, object, string, type TypeOf } from "../../../kubernetes/shape.ts";
import type { AutoscalerFacts, AutoscalerMetric } from "./details.ts";
import type { ObjectFacts, ReadFacts } from "./object-facts.ts";
import { isObjectName, namespaceFor, targetKindOf } from "./reference.ts";

const targetReference = object({ apiVersion: string, kind: string, name: string });
const target = object({ type: string, averageUtilization: integer });
const resourceMetric = object({ name: string, container: string, target, targetAverageUtilization: integer });
const horizontal = object({
  spec: object({
    scaleTargetRef: targetReference,
    minReplicas: integer,
    metrics: array(object({ type: string, resource: resourceMetric, containerResource: resourceMetric })),
  }),
});
const scaledObject = object({
  spec: object({
    scaleTargetRef: targetReference,
    minReplicaCount: integer,
    triggers: array(object({ type: string, metricType: string, metadata: map(anything) })),
  }),
});
const vertical = object({
  spec: object({
    targetRef: targetReference,
    updatePolicy: object({ updateMode: string }),
    resourcePolicy: object({
      containerPolicies: array(object({ containerName: string, mode: string, controlledResources: array(string) })),
    }),
  }),
});

const APPS_KINDS: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "ReplicaSet", "DaemonSet"]);

function facts(
  reference: TypeOf<typeof targetReference> | null | undefined,
  field: string,
  namespace: string,
  rest: Omit<AutoscalerFacts, "role" | "target">,
): ObjectFacts {
  const kind = reference?.kind || "Deployment";
  const name = reference?.name;
  if (!isObjectName(name)) return {};
  const apiVersion = reference?.apiVersion || (APPS_KINDS.has(kind) ? "apps/v1" : "v1");
  const to = { kind: targetKindOf(apiVersion, kind), name, path: ["spec", field, "name"] };
  const home = namespaceFor(to.kind, namespace);
  return {
    references: [{ target: to.kind, namespace: home, name, path: to.path, isOptional: false }],
    detail: { role: "autoscaler", target: to, ...rest },
  };
}

export const readHorizontalAutoscaler: ReadFacts = (raw, { namespace }) => {
  const narrowed = narrow(horizontal, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { scaleTargetRef, minReplicas, metrics } = narrowed.value.spec ?? {};
  const measured = (metrics ?? []).flatMap((metric, index) =>
    (["resource", "containerResource"] as const).flatMap((field) => {
      const source = metric?.[field];
      return source == null ? [] : utilization(source, ["spec", "metrics", index, field, "name"]);
    }),
  );
  // The API server fills in 80 % of the CPU request where no metric is given; v1 knows nothing else.
  const isDefaulted = metrics == null || metrics.length === 0;
  return facts(scaleTargetRef, "scaleTargetRef", namespace, {
    scales: "replicas",
    minimum: minReplicas ?? 1,
    metrics: isDefaulted ? [{ resource: "cpu", path: ["spec", "metrics"] }] : measured,
  });
};

function utilization(metric: TypeOf<typeof resourceMetric>, path: Path): readonly AutoscalerMetric[] {
  const isOfRequest = metric.target?.type === "Utilization" || metric.targetAverageUtilization != null;
  if (!isOfRequest || !metric.name) return [];
  return [{ resource: metric.name, path, ...(metric.container && { container: metric.container }) }];
}

export const readScaledObject: ReadFacts = (raw, { namespace }) => {
  const narrowed = narrow(scaledObject, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { scaleTargetRef, minReplicaCount, triggers } = narrowed.value.spec ?? {};
  const metrics = (triggers ?? []).flatMap((trigger, index) => {
    const resource = trigger?.type;
    if (resource !== "cpu" && resource !== "memory") return [];
    const type = trigger?.metricType ?? trigger?.metadata?.["type"] ?? "Utilization";
    return type === "Utilization" ? [{ resource, path: ["spec", "triggers", index, "type"] }] : [];
  });
  const minimum = minReplicaCount ?? 0;
  return facts(scaleTargetRef, "scaleTargetRef", namespace, { scales: "replicas", minimum, metrics });
};

const BOTH = ["cpu", "memory"];
const DEFAULT_MODE = "Auto";

export const readVerticalAutoscaler: ReadFacts = (raw, { namespace }) => {
  const narrowed = narrow(vertical, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { targetRef, updatePolicy, resourcePolicy } = narrowed.value.spec ?? {};
  const mode = updatePolicy?.updateMode || DEFAULT_MODE;
  const isAssumed = !updatePolicy?.updateMode;
  const everyContainer = resourcePolicy?.containerPolicies?.find((policy) => policy?.containerName === "*");
  const isIdle = mode === "Off" || everyContainer?.mode === "Off";
  const controlled = (everyContainer?.controlledResources ?? BOTH).flatMap((name) => name ?? []);
  const path = ["spec", "updatePolicy", "updateMode"];
  return facts(targetRef, "targetRef", namespace, {
    scales: "requests",
    minimum: 0,
    mode,
    metrics: isIdle ? [] : controlled.map((resource) => ({ resource, path, ...(isAssumed && { assumed: mode }) })),
  });
};
