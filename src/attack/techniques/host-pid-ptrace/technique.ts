// With the node's process ids and CAP_SYS_PTRACE, code is put into a process of the node that runs as root. The runtime's
// AppArmor profile lets a container trace only its like, so that it takes one that is unconfined.

import { confinement } from "../../confinement.ts";
import { canUse } from "../../container-facts.ts";
import { escapeSteps, rootOn } from "../../container-escape.ts";
import { changeContainerField, changePodField, containerFact, podFact } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

const FIELD = ["securityContext", "capabilities", "add"];
const PROFILE = ["securityContext", "appArmorProfile"];

export const hostPidPtrace: Technique = {
  id: "host-pid-ptrace",
  attack: ["T1055.008", "T1611"],
  source: "linux kernel/ptrace.c __ptrace_may_access; containerd contrib/apparmor/template.go",
  powers: () => [],
  *steps(world) {
    const isConfined = confinement(world);
    yield* escapeSteps(world.pods, (pod, container) =>
      !pod.hostPID || pod.hasUserNamespace || isConfined(pod, container) || !canUse(container, "SYS_PTRACE")
        ? []
        : [
            {
              gives: rootOn(pod),
              facts: () => [podFact(pod, ["hostPID"]), containerFact(pod, container, FIELD)],
              controls: () => [
                changePodField(pod, ["hostPID"]),
                changeContainerField(pod, container, FIELD),
                ...(container.isAppArmorUnconfined ? [changeContainerField(pod, container, PROFILE)] : []),
              ],
            },
          ],
    );
  },
};
