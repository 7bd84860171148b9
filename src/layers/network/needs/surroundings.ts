// What every reader of declared needs looks things up in, built once.

import { keyOf, type ResourceId } from "../../../cluster/resource-id.ts";
import type { Resource } from "../../../cluster/resource.ts";
import type { NeedContext } from "../generate/need.ts";
import type { Network, Pod } from "../network.ts";
import type { ServiceView } from "../services.ts";
import { workloadSpecs, type WorkloadSpec } from "./workload-spec.ts";

export interface Surroundings {
  readonly network: Network;
  readonly resources: readonly Resource[];
  readonly specs: readonly WorkloadSpec[];
  /** Id of the workload that a pod of the engine belongs to. */
  readonly workloadOf: (pod: Pod) => string | undefined;
  readonly specOf: (workload: string) => WorkloadSpec | undefined;
  readonly configMap: (namespace: string, name: string) => Resource | undefined;
  readonly serviceAccount: (namespace: string, name: string) => Resource | undefined;
  readonly serviceNamed: (namespace: string, name: string) => ServiceView | undefined;
  readonly servicesIn: (namespace: string) => readonly ServiceView[];
  readonly hasNamespace: (name: string) => boolean;
  readonly get: (id: Pick<ResourceId, "group" | "kind" | "namespace" | "name">) => Resource | undefined;
  readonly ofKind: (group: string, kind: string) => readonly Resource[];
}

/** O(objects). */
export function surroundingsOf({ network, resources }: NeedContext): Surroundings {
  const byKey = new Map<string, Resource>();
  const byKind = new Map<string, Resource[]>();
  for (const resource of resources) {
    const { group, kind } = resource.id;
    byKey.set(keyOf(resource.id), resource);
    const known = byKind.get(`${group}/${kind}`);
    if (known === undefined) byKind.set(`${group}/${kind}`, [resource]);
    else known.push(resource);
  }
  const workloads = new Map<Pod, string>();
  const namespaces = new Set<string>(network.world.inventory.namespaces.keys());
  for (const { id, namespace, pods } of network.workloads) {
    namespaces.add(namespace);
    for (const pod of pods) workloads.set(pod, id);
  }
  const services = network.services();
  const servicesByNamespace = Map.groupBy(services.all, ({ resource }) => resource.id.namespace);
  for (const name of servicesByNamespace.keys()) namespaces.add(name);
  const specs = workloadSpecs(network, byKey);
  const specById = new Map(specs.map((spec) => [spec.workload.id, spec]));
  const ofKind = (group: string, kind: string): readonly Resource[] => byKind.get(`${group}/${kind}`) ?? [];
  return {
    network,
    resources,
    specs,
    workloadOf: (pod) => workloads.get(pod),
    specOf: (workload) => specById.get(workload),
    configMap: (namespace, name) => byKey.get(keyOf({ group: "", kind: "ConfigMap", namespace, name })),
    serviceAccount: (namespace, name) => byKey.get(keyOf({ group: "", kind: "ServiceAccount", namespace, name })),
    serviceNamed: (namespace, name) => services.named(namespace, name),
    servicesIn: (namespace) => servicesByNamespace.get(namespace) ?? [],
    hasNamespace: (name) => namespaces.has(name),
    get: (id) => byKey.get(keyOf(id)),
    ofKind,
  };
}
