// CAP_SYS_ADMIN mounts a fresh /proc and sets the program that the kernel runs as root when a process crashes. The runtime's
// AppArmor profile forbids the mount, so that it takes a container that is unconfined.

import { confinement } from "../../confinement.ts";
import { canUse } from "../../container-facts.ts";
import { escapeSteps, rootOn } from "../../container-escape.ts";
import { changeContainerField, containerFact } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

const FIELD = ["securityContext", "capabilities", "add"];
const PROFILE = ["securityContext", "appArmorProfile"];

export const mountCapability: Technique = {
  id: "mount-capability",
  attack: ["T1611"],
  source: "linux fs/namespace.c may_mount; fs/coredump.c; containerd contrib/apparmor/template.go",
  powers: () => [],
  *steps(world) {
    const isConfined = confinement(world);
    yield* escapeSteps(world.pods, (pod, container) =>
      pod.hasUserNamespace || isConfined(pod, container) || !canUse(container, "SYS_ADMIN")
        ? []
        : [
            {
              gives: rootOn(pod),
              facts: () => [containerFact(pod, container, FIELD)],
              controls: () => [
                changeContainerField(pod, container, FIELD),
                ...(container.isAppArmorUnconfined ? [changeContainerField(pod, container, PROFILE)] : []),
              ],
            },
          ],
    );
  },
};
