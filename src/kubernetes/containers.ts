// The one way to visit containers: init, sidecar, regular and ephemeral, in the order Kubernetes visits them
// (k8s.io/pod-security-admission/policy/visitor.go).

import type { Path } from "./path.ts";
import type { Container, PodSpec } from "./pod.ts";

/** `sidecar` is an init container with `restartPolicy: Always` (KEP-753). */
export type ContainerKind = "init" | "sidecar" | "regular" | "ephemeral";

export interface ContainerView {
  readonly kind: ContainerKind;
  readonly name: string;
  readonly container: Container;
  /** Relative to the pod spec, e.g. `["initContainers", 0]`. */
  readonly path: Path;
}

const NO_FIELDS: Container = {};

/** Every container of a pod spec: init (and sidecar), then regular, then ephemeral. A null element is an empty container. */
export function containersOf(spec: PodSpec): readonly ContainerView[] {
  const views: ContainerView[] = [];
  addList(views, spec.initContainers, "initContainers", (container) =>
    container.restartPolicy === "Always" ? "sidecar" : "init",
  );
  addList(views, spec.containers, "containers", () => "regular");
  addList(views, spec.ephemeralContainers, "ephemeralContainers", () => "ephemeral");
  return views;
}

const NO_CONTAINERS: readonly (Container | null)[] = [];

/**
 * The containers alone, in the order of {@link containersOf}, for engines that need neither kind nor path.
 * Allocates only where a pod has more than regular containers.
 */
export function containersIn(spec: PodSpec): readonly (Container | null)[] {
  const regular = spec.containers ?? NO_CONTAINERS;
  const init = spec.initContainers ?? NO_CONTAINERS;
  const ephemeral = spec.ephemeralContainers ?? NO_CONTAINERS;
  return init.length + ephemeral.length === 0 ? regular : [...init, ...regular, ...ephemeral];
}

function addList(
  views: ContainerView[],
  list: readonly (Container | null)[] | null | undefined,
  field: string,
  kindOf: (container: Container) => ContainerKind,
): void {
  if (list === null || list === undefined) return;
  for (let index = 0; index < list.length; index++) {
    const container = list[index] ?? NO_FIELDS;
    views.push({ kind: kindOf(container), name: container.name ?? "", container, path: [field, index] });
  }
}
