// CAP_DAC_READ_SEARCH opens files by handle, past every mount and permission: whatever lies on the disk that the node lends the
// container, such as for /etc/hosts.

import { canUse } from "../../container-facts.ts";
import { escapeSteps } from "../../container-escape.ts";
import { changeContainerField, containerFact } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

const FIELD = ["securityContext", "capabilities", "add"];

export const readAnyFile: Technique = {
  id: "read-any-file",
  attack: ["T1005", "T1611"],
  source: "linux fs/fhandle.c may_decode_fh; k/k pkg/kubelet/kubelet_pods.go makeHostsMount",
  powers: () => [],
  *steps({ pods }) {
    yield* escapeSteps(pods, (pod, container) =>
      pod.hasUserNamespace || !canUse(container, "DAC_READ_SEARCH")
        ? []
        : [
            {
              gives: { kind: "node-files", node: pod.node },
              facts: () => [containerFact(pod, container, FIELD)],
              controls: () => [changeContainerField(pod, container, FIELD)],
            },
          ],
    );
  },
};
