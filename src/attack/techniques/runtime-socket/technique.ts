// Whoever connects to the container runtime's socket makes containers on the node as they like, privileged ones too. A
// read-only mount keeps nobody from connecting; that takes root, or its group.

import { escapeSteps, rootOn } from "../../container-escape.ts";
import { reachesRuntimeSocket } from "../../host-mount.ts";
import { changeVolume } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

export const runtimeSocket: Technique = {
  id: "runtime-socket",
  attack: ["T1610", "T1611"],
  source: "k/cri-api pkg/apis/runtime/v1/api.proto RuntimeService; linux net/unix/af_unix.c unix_find_bsd",
  powers: () => [],
  *steps({ pods }) {
    yield* escapeSteps(pods, (pod, container) =>
      !container.isRoot && !container.isInRootGroup
        ? []
        : container.hostMounts
            .filter(({ hostPath }) => reachesRuntimeSocket(hostPath))
            .map(({ mount, volume, hostPath }) => ({
              gives: rootOn(pod),
              says: { pod: pod.title, container: container.name, path: hostPath },
              facts: () => [{ kind: "field", resource: pod.resource, path: mount }],
              controls: () => [changeVolume(pod, volume)],
            })),
    );
  },
};
