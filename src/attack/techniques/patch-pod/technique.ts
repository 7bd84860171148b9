// The image of a running container can be changed; hardly anything else of a pod can. The new image runs as the same account,
// with the same privileges. Static pods do not follow the API.

import { isAdmittedAgain, podChangeSteps } from "../../admitted-pods.ts";
import { named, type Power } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const CHANGE_PODS: Power = named(["update", "patch"], "", "pods");

export const patchPod: Technique = {
  id: "patch-pod",
  attack: ["T1609"],
  source:
    "k/k pkg/apis/core/validation/validation.go ValidatePodUpdate; pkg/kubelet/kuberuntime/kuberuntime_manager.go",
  powers: () => [CHANGE_PODS],
  *steps(world) {
    yield* podChangeSteps(world, {
      id: "patch-pod",
      power: CHANGE_PODS,
      given: (pod) => (isAdmittedAgain(world, pod) ? [pod.holding] : []),
      givenUnenforced: (pod) => (pod.isMirror ? [] : [pod.holding]),
    });
  },
};
