// Which updates of a pod are evaluated again: those that change a container's image or the number of containers, or that
// add an ephemeral container (pod-security-admission/admission/admission.go isSignificantPodUpdate).

import type { Container, PodTemplate } from "../../../../kubernetes/pod.ts";

type Containers = readonly (Container | null)[];

export function isSignificantPodUpdate(pod: PodTemplate, oldPod: PodTemplate): boolean {
  return (
    hasOtherImages(pod.spec?.containers ?? [], oldPod.spec?.containers ?? []) ||
    hasOtherImages(pod.spec?.initContainers ?? [], oldPod.spec?.initContainers ?? []) ||
    hasNewEphemeralImages(pod.spec?.ephemeralContainers ?? [], oldPod.spec?.ephemeralContainers ?? [])
  );
}

/** Regular and init containers are compared by position. */
function hasOtherImages(containers: Containers, old: Containers): boolean {
  return (
    containers.length !== old.length ||
    containers.some((container, index) => imageOf(container) !== imageOf(old[index]))
  );
}

/** Ephemeral containers are compared by name; one that is gone does not matter. */
function hasNewEphemeralImages(containers: Containers, old: Containers): boolean {
  return containers.some((container) => {
    const before = old.find((candidate) => (candidate?.name ?? "") === (container?.name ?? ""));
    return before === undefined || imageOf(before) !== imageOf(container);
  });
}

function imageOf(container: Container | null | undefined): string {
  return container?.image ?? "";
}
