// The pod template that speaks for a workload: its owner's, where the owner is in the input, else that of a live pod.

import { keyOf } from "../../../cluster/resource-id.ts";
import type { Resource } from "../../../cluster/resource.ts";
import { podTemplate, type PodSpec } from "../../../kubernetes/pod.ts";
import type { ObjectMeta } from "../../../kubernetes/object.ts";
import { valueAt, type Path } from "../../../kubernetes/path.ts";
import { podTemplatesOf } from "../../../kubernetes/pod-template.ts";
import { narrow } from "../../../kubernetes/shape.ts";
import type { Network, Workload } from "../network.ts";

export interface WorkloadSpec {
  readonly workload: Workload;
  readonly resource: Resource;
  /** From the root of the object to the template. */
  readonly templatePath: Path;
  readonly spec: PodSpec;
  readonly metadata: ObjectMeta;
}

const OWNER_GROUPS = ["apps", "batch", "", "argoproj.io", "apps.openshift.io", "extensions"] as const;

/** One per template; a workload of several templates has several. Templates with fields of wrong types are passed over. */
export function workloadSpecs(network: Network, byKey: ReadonlyMap<string, Resource>): readonly WorkloadSpec[] {
  return network.workloads.flatMap((workload) => {
    const owner = ownerOf(workload, byKey);
    const carriers = owner === undefined ? carriersOf(workload) : [owner];
    return carriers.flatMap((resource) => specsIn(workload, byKey.get(keyOf(resource.id)) ?? resource));
  });
}

function ownerOf({ namespace, name, kind }: Workload, byKey: ReadonlyMap<string, Resource>): Resource | undefined {
  const owners = OWNER_GROUPS.map((group) => byKey.get(keyOf({ group, kind, namespace, name })));
  return owners.find((owner) => owner !== undefined && podTemplatesOf(owner.object).length > 0);
}

/** Pods of one revision are alike. */
function carriersOf({ pods }: Workload): readonly Resource[] {
  const byRevision = new Map<string, Resource>();
  for (const { resource, labels } of pods) {
    if (resource === undefined) continue;
    const revision = labels?.["pod-template-hash"] ?? labels?.["controller-revision-hash"];
    const key = revision ?? keyOf(resource.id);
    if (!byRevision.has(key)) byRevision.set(key, resource);
  }
  return [...byRevision.values()];
}

function specsIn(workload: Workload, resource: Resource): readonly WorkloadSpec[] {
  return podTemplatesOf(resource.object).flatMap(({ path }) => {
    const template = narrow(podTemplate, path.length === 0 ? resource.object : valueAt(resource.object, path));
    if (!template.ok) return [];
    const { spec, metadata } = template.value;
    return [{ workload, resource, templatePath: path, spec: spec ?? {}, metadata: metadata ?? {} }];
  });
}
