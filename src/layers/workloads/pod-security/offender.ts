// Where a violation is: the exact field of the pod, or the field that is missing.

import { containersOf, type ContainerKind, type ContainerView } from "../../../kubernetes/containers.ts";
import { valueAt, type Path } from "../../../kubernetes/path.ts";
import type { PodView } from "./pod-view.ts";

/** One field of a pod that causes a violation. */
export interface Offender {
  /** From the root of the pod or template, e.g. `["spec", "containers", 0, "securityContext", "privileged"]`. */
  readonly path: Path;
  readonly containerName?: string;
  readonly containerKind?: ContainerKind;
  /** What stands at `path`; unset when it is absent. */
  readonly value?: unknown;
  /** The field is absent (or null, which reads the same). */
  readonly absent?: true;
  /** What Kubernetes assumes for the absent field, where it assumes something. */
  readonly defaultValue?: unknown;
  /** The field that made API defaulting copy the value at `path` to where the check found it. */
  readonly because?: { readonly path: Path; readonly value: unknown };
}

/** The field at `path` of the pod. */
export function podOffender(pod: PodView, path: Path, defaultValue?: unknown): Offender {
  return fieldOf(pod, path, path, defaultValue);
}

/** The field at `field` of a container. */
export function containerOffender(view: ContainerView, field: Path, defaultValue?: unknown): Offender {
  return {
    containerName: view.name,
    containerKind: view.kind,
    ...fieldOf(view.container, field, ["spec", ...view.path, ...field], defaultValue),
  };
}

/** One offender for each container that is refused, at the same field. */
export function containerOffenders(
  pod: PodView,
  field: Path,
  isRefused: (view: ContainerView) => boolean,
  defaultValue?: unknown,
): Offender[] {
  return containersOf(pod.spec)
    .filter(isRefused)
    .map((view) => containerOffender(view, field, defaultValue));
}

function fieldOf(root: unknown, field: Path, path: Path, defaultValue: unknown): Offender {
  const value = valueAt(root, field);
  if (value !== null && value !== undefined) return { path, value };
  return defaultValue === undefined ? { path, absent: true } : { path, absent: true, defaultValue };
}
