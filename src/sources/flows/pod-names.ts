// From the name of a pod that is gone to the workload that made it: controllers add suffixes of known shapes
// (k8s.io/apiserver/pkg/storage/names, pkg/controller/statefulset, pkg/controller/cronjob).

import type { Network, Workload } from "../../layers/network/network.ts";

/** Shapes of pod names by the kinds that give them; `*` stands for the random part, as flow logs aggregate it. */
const SHAPES: readonly (readonly [shape: RegExp, kinds: ReadonlySet<string> | undefined])[] = [
  [/^(.+)-\d+-(?:[a-z0-9]{5}|\*)$/, new Set(["CronJob"])],
  [/^(.+)-\d+-\*$/, new Set(["CronJob"])],
  [/^(.+)-[a-z0-9]{1,10}-(?:[a-z0-9]{5}|\*)$/, new Set(["Deployment", "Rollout", "DeploymentConfig", "CronJob"])],
  [
    /^(.+)-(?:[a-z0-9]{5}|\*)$/,
    new Set(["DaemonSet", "ReplicaSet", "Job", "ReplicationController", "CloneSet", "Deployment"]),
  ],
  [/^(.+)-(?:\d+|\*)$/, new Set(["StatefulSet", "Job"])],
  [/^(.+?)-?\*$/, undefined],
];

/** The one workload whose pods may have the name; `undefined` when none or several. */
export function ownerByPodName(network: Network, namespace: string, pod: string): Workload | undefined {
  for (const [shape, kinds] of SHAPES) {
    const base = shape.exec(pod)?.[1];
    if (base === undefined) continue;
    const owners = network.workloadsNamed(namespace, base).filter(({ kind }) => kinds === undefined || kinds.has(kind));
    if (owners.length === 1) return owners[0];
  }
  return undefined;
}

/** Labels that differ from pod to pod, or that plugins add. */
const NOT_COMPARED =
  /^(?:pod-template-hash|controller-revision-hash|pod-template-generation|controller-uid|job-name)$|^(?:statefulset|batch|apps)\.kubernetes\.io\//;

/** The one workload of the namespace whose pods' own labels are all among those of a flow. O(workloads). */
export function ownerByLabels(network: Network, namespace: string, labels: readonly string[]): Workload | undefined {
  const known = new Set(labels.map((label) => label.replace(/^(?:k8s|any):/, "")));
  const owners = network.workloads.filter((workload) => {
    if (workload.namespace !== namespace) return false;
    const own = Object.entries(workload.pods[0]?.labels ?? {}).filter(([name]) => !NOT_COMPARED.test(name));
    return own.length > 0 && own.every(([name, value]) => known.has(`${name}=${value ?? ""}`));
  });
  return owners.length === 1 ? owners[0] : undefined;
}
