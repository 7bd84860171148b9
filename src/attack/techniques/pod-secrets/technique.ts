// Code in a container reads the Secrets it is given as files or variables.

import { changeContainerField, changeVolume } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

export const podSecrets: Technique = {
  id: "pod-secrets",
  attack: ["T1552.001"],
  source: "k/k pkg/kubelet/kubelet_pods.go makeEnvironmentVariables; pkg/volume/secret/secret.go",
  powers: () => [],
  *steps(world) {
    for (const pod of world.pods) {
      const { namespace, title, containers, secrets, resource } = pod;
      for (const { name, path, volume, containers: seeing } of secrets) {
        for (const container of containers) {
          if (!seeing.includes(container.name)) continue;
          yield {
            needs: [container.holding],
            gives: { kind: "secret", namespace, name },
            says: { pod: title, secret: `${namespace}/${name}` },
            facts: () => [{ kind: "field", resource, path }],
            controls: () => [
              volume === undefined
                ? changeContainerField(pod, container, path.slice(container.path.length))
                : changeVolume(pod, volume),
            ],
          };
        }
      }
    }
  },
};
