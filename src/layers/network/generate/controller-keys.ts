// By which labels a controller knows its pods: the keys of its `spec.selector`.

import type { Resource } from "../../../cluster/resource.ts";
import { labelSelector } from "../../../kubernetes/label-selector.ts";
import { map, narrow, object, string } from "../../../kubernetes/shape.ts";
import type { Workload } from "../pod.ts";
import type { ControllerKeys } from "./owner-selector.ts";

const selecting = object({ spec: object({ selector: labelSelector }) });
/** ReplicationController and DeploymentConfig have a plain map. */
const selectingByMap = object({ spec: object({ selector: map(string) }) });

/** Looks up the controllers among the objects of the input. Linear once, then constant. */
export function createControllerKeys(resources: Iterable<Resource>): ControllerKeys {
  const keys = new Map<string, readonly string[]>();
  for (const { id, object: value } of resources) {
    if (id.kind === "Service" || id.kind === "Pod" || !hasSelector(value)) continue;
    const found = selectorKeys(value);
    if (found.length > 0) keys.set(`${id.namespace}/${id.name}[${id.kind}]`, found);
  }
  return ({ id }: Workload) => keys.get(id) ?? [];
}

function hasSelector(value: object): boolean {
  const spec: unknown = "spec" in value ? value.spec : undefined;
  return typeof spec === "object" && spec !== null && "selector" in spec && "template" in spec;
}

function selectorKeys(value: unknown): readonly string[] {
  const modern = narrow(selecting, value);
  const labels = modern.ok ? modern.value.spec?.selector?.matchLabels : undefined;
  if (labels != null) return Object.keys(labels);
  const plain = narrow(selectingByMap, value);
  return plain.ok ? Object.keys(plain.value.spec?.selector ?? {}).filter((key) => !key.startsWith("match")) : [];
}
