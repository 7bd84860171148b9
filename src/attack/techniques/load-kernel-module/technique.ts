// CAP_SYS_MODULE loads modules into the one kernel that the node and its containers share.

import { canUse } from "../../container-facts.ts";
import { escapeSteps, rootOn } from "../../container-escape.ts";
import { changeContainerField, containerFact } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

const FIELD = ["securityContext", "capabilities", "add"];

export const loadKernelModule: Technique = {
  id: "load-kernel-module",
  attack: ["T1547.006", "T1611"],
  source: "linux kernel/module/main.c may_init_module; k/k pkg/kubelet/kuberuntime/security_context.go",
  powers: () => [],
  *steps({ pods }) {
    yield* escapeSteps(pods, (pod, container) =>
      pod.hasUserNamespace || !canUse(container, "SYS_MODULE")
        ? []
        : [
            {
              gives: rootOn(pod),
              facts: () => [containerFact(pod, container, FIELD)],
              controls: () => [changeContainerField(pod, container, FIELD)],
            },
          ],
    );
  },
};
