// How many pods there are of a workload, as far as the input says: declared replicas, or what an autoscaler may go down to.

import { targetKindOf } from "./reference.ts";
import type { PodEntry } from "./pod-index.ts";
import type { DetailedEntry, Relations } from "./relations.ts";

type Autoscaler = DetailedEntry<"autoscaler">;

const byTarget = new WeakMap<Relations, ReadonlyMap<string, readonly Autoscaler[]>>();

/** Autoscalers of replicas by what they scale: `apps/Deployment/shop/cart`. */
export function autoscalersByTarget(relations: Relations): ReadonlyMap<string, readonly Autoscaler[]> {
  let map = byTarget.get(relations);
  if (map === undefined) {
    map = groupByTarget(relations.ofRole("autoscaler").filter(({ detail }) => detail.scales === "replicas"));
    byTarget.set(relations, map);
  }
  return map;
}

function groupByTarget(autoscalers: readonly Autoscaler[]): ReadonlyMap<string, readonly Autoscaler[]> {
  const map = new Map<string, Autoscaler[]>();
  for (const autoscaler of autoscalers) {
    const { kind, name } = autoscaler.detail.target;
    const key = `${kind}/${autoscaler.resource.id.namespace}/${name}`;
    const list = map.get(key);
    if (list === undefined) map.set(key, [autoscaler]);
    else list.push(autoscaler);
  }
  return map;
}

/** Autoscalers of the replicas of this object. */
export function autoscalersOf(
  relations: Relations,
  { id }: Pick<PodEntry, "resource">["resource"],
): readonly Autoscaler[] {
  const key = `${targetKindOf(id.apiVersion, id.kind)}/${id.namespace}/${id.name}`;
  return autoscalersByTarget(relations).get(key) ?? [];
}

export interface Scale {
  /** The least number of pods there will be, when nothing is disturbed. */
  readonly pods: number;
  /** Whether an autoscaler, not a field, says so. */
  readonly isAutoscaled: boolean;
}

/** Kinds that keep `spec.replicas` pods, one by default. */
const SCALED_KINDS: ReadonlySet<string> = new Set([
  "/ReplicationController",
  "apps/Deployment",
  "apps/ReplicaSet",
  "apps/StatefulSet",
  "argoproj.io/Rollout",
]);

/** Whether the kind keeps a number of equal pods. */
export function isScaledKind(kind: string): boolean {
  return SCALED_KINDS.has(kind);
}

/** The scale of what a set of selected pods belongs to; `undefined` where a kind among them has none that is known. */
export function scaleOf(relations: Relations, pods: readonly PodEntry[]): Scale | undefined {
  const seen = new Set<string>();
  let count = 0;
  let isAutoscaled = false;
  for (const { resource, kind, facts } of pods) {
    const key = `${kind}/${resource.id.name}`;
    if (relations.isMade({ resource, facts }) || seen.has(key)) continue;
    seen.add(key);
    if (kind === "/Pod") {
      count += 1;
      continue;
    }
    if (!isScaledKind(kind) || facts.detail?.role !== "controller") return undefined;
    const autoscalers = autoscalersOf(relations, resource);
    if (autoscalers.length > 0) {
      isAutoscaled = true;
      count += Math.max(1, ...autoscalers.map(({ detail }) => detail.minimum));
    } else count += facts.detail.replicas ?? 1;
  }
  return { pods: count, isAutoscaled };
}
