// A container that writes where the node's root runs programs or keeps its settings becomes root there: /etc, /usr, /root, a
// directory of static pods.

import { escapeSteps, rootOn } from "../../container-escape.ts";
import { isRunByRoot } from "../../host-mount.ts";
import { changeVolume } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

export const hostPathWrite: Technique = {
  id: "host-path-write",
  attack: ["T1611"],
  source: "k/k pkg/volume/hostpath/host_path.go; pkg/kubelet/config/file.go",
  powers: () => [],
  *steps({ pods }) {
    yield* escapeSteps(pods, (pod, container) =>
      !container.isRoot
        ? []
        : container.hostMounts
            .filter(({ isWritable, hostPath }) => isWritable && isRunByRoot(hostPath))
            .map(({ mount, volume, hostPath }) => ({
              gives: rootOn(pod),
              says: { pod: pod.title, container: container.name, path: hostPath },
              facts: () => [{ kind: "field", resource: pod.resource, path: mount }],
              controls: () => [changeVolume(pod, volume)],
            })),
    );
  },
};
