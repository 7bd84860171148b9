// Code in a container reads the service account token mounted there.

import { changeVolume, withoutToken } from "../../pod-change.ts";
import { seesToken, userOf } from "../../pod-identity.ts";
import type { Technique } from "../../technique.ts";

export const podToken: Technique = {
  id: "pod-token",
  attack: ["T1528"],
  source: "k/k plugin/pkg/admission/serviceaccount/admission.go",
  powers: () => [],
  *steps(world) {
    for (const pod of world.pods) {
      const { namespace, account, key, resource, containers, template } = pod;
      const gives = userOf(pod);
      for (const container of containers) {
        if (!seesToken(world, pod, container)) continue;
        const { name, token } = container;
        const field = token.kind === "volume" ? token.path : [...template, "spec", "serviceAccountName"];
        const isOwnVolume = token.kind === "volume" && !token.isAdded;
        yield {
          needs: [{ kind: "container", pod: key, container: name }],
          gives,
          says: { pod: pod.title, account: `${namespace}/${account}` },
          facts: () => [{ kind: "field", resource, path: field }],
          controls: () => [isOwnVolume ? changeVolume(pod, token.volume) : withoutToken(pod)],
        };
      }
    }
  },
};
