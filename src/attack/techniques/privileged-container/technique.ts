// A privileged container has every capability, every device of its node and no profile around it: root in it is root outside.
// On Windows a HostProcess container is no container at all.

import { escapeSteps, rootOn } from "../../container-escape.ts";
import { changeContainerField, containerFact } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

const FIELD = ["securityContext", "privileged"];
const HOST_PROCESS = ["securityContext", "windowsOptions", "hostProcess"];

export const privilegedContainer: Technique = {
  id: "privileged-container",
  attack: ["T1611"],
  source: "k/k pkg/kubelet/kuberuntime/security_context.go; pkg/securitycontext/util.go",
  powers: () => [],
  *steps({ pods }) {
    yield* escapeSteps(pods, (pod, container) => {
      const isRoot = container.privileged && container.isRoot && !pod.hasUserNamespace;
      if (!isRoot && !container.isHostProcess) return [];
      const field = isRoot ? FIELD : HOST_PROCESS;
      return [
        {
          gives: rootOn(pod),
          facts: () => [containerFact(pod, container, field)],
          controls: () => [changeContainerField(pod, container, field)],
        },
      ];
    });
  },
};
