// Containers that share a process namespace look into each other through /proc/PID/root, as far as the kernel lets one
// process trace another: the same uid, and no capability that the tracer lacks.

import { canTrace } from "../../process-access.ts";
import { changePodField, podFact } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

const FIELD = ["shareProcessNamespace"];

export const shareProcessNamespace: Technique = {
  id: "share-process-namespace",
  attack: ["T1005", "T1057"],
  source: "k/k pkg/kubelet/kuberuntime/security_context.go; linux kernel/ptrace.c __ptrace_may_access",
  powers: () => [],
  *steps({ pods }) {
    for (const pod of pods) {
      if (!pod.shareProcessNamespace) continue;
      const { title, containers } = pod;
      for (const from of containers)
        for (const to of containers)
          if (from !== to && canTrace(from, to))
            yield {
              needs: [from.holding],
              gives: to.holding,
              says: { pod: title, container: to.name },
              facts: () => [podFact(pod, FIELD)],
              controls: () => [changePodField(pod, FIELD)],
            };
    }
  },
};
