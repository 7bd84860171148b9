// Code in a container reads the service account token mounted there.

import { valueOfAutomount } from "../../automount.ts";
import type { Technique } from "../../technique.ts";

export const podToken: Technique = {
  id: "pod-token",
  attack: ["T1528"],
  source: "k/k plugin/pkg/admission/serviceaccount/admission.go",
  powers: () => [],
  *steps(world) {
    for (const pod of world.pods) {
      const { namespace, account, key, resource, containers } = pod;
      if (!valueOfAutomount(world, pod)) continue;
      const user = `system:serviceaccount:${namespace}:${account}`;
      const controls = () => [{ id: `no-token ${key}`, change: { kind: "no-token", workload: resource } } as const];
      for (const { name } of containers)
        yield {
          needs: [{ kind: "container", pod: key, container: name }],
          gives: { kind: "user", name: user },
          says: { pod: pod.title, account: `${namespace}/${account}` },
          facts: () => [{ kind: "field", resource, path: [...pod.template, "spec", "serviceAccountName"] }],
          controls,
        };
    }
  },
};
