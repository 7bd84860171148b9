// /proc/sys/kernel/core_pattern names the program that the kernel runs as root when a process crashes. It is one file for all:
// uid 0 that reaches the node's /proc sets it, without any capability.

import { escapeSteps, rootOn } from "../../container-escape.ts";
import { reachesCorePattern } from "../../host-mount.ts";
import { changeVolume } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

export const corePattern: Technique = {
  id: "core-pattern",
  attack: ["T1611"],
  source: "linux fs/coredump.c do_coredump; kernel/sysctl.c proc_dostring_coredump; KEP-3857",
  powers: () => [],
  *steps({ pods }) {
    yield* escapeSteps(pods, (pod, container) =>
      !container.isRoot || pod.hasUserNamespace
        ? []
        : container.hostMounts.filter(reachesCorePattern).map(({ mount, volume }) => ({
            gives: rootOn(pod),
            facts: () => [{ kind: "field", resource: pod.resource, path: mount }],
            controls: () => [changeVolume(pod, volume)],
          })),
    );
  },
};
