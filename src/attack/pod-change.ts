// Where a pod is changed so that it stays changed: in the workload it is made from, at the same container or volume.

import { containersOf } from "../kubernetes/containers.ts";
import type { Path } from "../kubernetes/path.ts";
import type { ContainerFacts } from "./container-facts.ts";
import type { Control, FieldFact } from "./fact.ts";
import type { PodFacts } from "./pod-facts.ts";

/** A field of the pod's spec, such as `["hostPID"]`. */
export function changePodField({ workload }: PodFacts, field: Path): Control {
  const path = [...workload.template, "spec", ...field];
  return changeOf(workload, path, field.join("."));
}

/** A field of a container, such as `["securityContext", "privileged"]`. */
export function changeContainerField(pod: PodFacts, container: ContainerFacts, field: Path): Control {
  const { workload, resource } = pod;
  const view = containersOf(workload.spec).find(({ name }) => name === container.name);
  const id = `${container.name} ${field.join(".")}`;
  return view === undefined
    ? changeOf({ key: pod.key, resource }, [...container.path, ...field], id)
    : changeOf(workload, [...workload.template, "spec", ...view.path, ...field], id);
}

/** The source of a volume. */
export function changeVolume(pod: PodFacts, volume: string): Control {
  const ofWorkload = pod.workload.spec.volumes?.findIndex((one) => one?.name === volume) ?? -1;
  const { workload, resource, template } = pod;
  if (ofWorkload !== -1)
    return changeOf(workload, [...workload.template, "spec", "volumes", ofWorkload], `volume ${volume}`);
  const own = pod.declared.spec?.volumes?.findIndex((one) => one?.name === volume) ?? 0;
  return changeOf({ key: pod.key, resource }, [...template, "spec", "volumes", own], `volume ${volume}`);
}

/** A pod without a token of its account. */
export function withoutToken({ workload }: PodFacts): Control {
  return { id: `no-token ${workload.key}`, change: { kind: "no-token", workload: workload.resource } };
}

export function containerFact({ resource }: PodFacts, container: ContainerFacts, field: Path): FieldFact {
  return { kind: "field", resource, path: [...container.path, ...field] };
}

export function podFact({ resource, template }: PodFacts, field: Path): FieldFact {
  return { kind: "field", resource, path: [...template, "spec", ...field] };
}

function changeOf(
  { key, resource }: Pick<PodFacts["workload"], "key" | "resource">,
  path: Path,
  field: string,
): Control {
  return { id: `change ${key} ${field}`, change: { kind: "change-field", resource, path } };
}
