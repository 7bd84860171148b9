// Code in a container reads the Secrets it is given as files or variables.

import { changeContainerField, changeVolume } from "../../pod-change.ts";
import type { Technique } from "../../technique.ts";

export const podSecrets: Technique = {
  id: "pod-secrets",
  attack: ["T1552.001"],
  source: "k/k pkg/kubelet/kubelet_pods.go makeEnvironmentVariables; pkg/volume/secret/secret.go",
  powers: () => [],
  *steps(world) {
    // Of a Secret that is neither in the input nor an account's, nothing follows.
    const known = new Set(
      world.secrets
        .filter(({ tokenOf, resource }) => tokenOf !== undefined || resource !== undefined)
        .map(({ namespace, name }) => `${namespace}/${name}`),
    );
    if (known.size === 0) return;
    for (const pod of world.pods) {
      const { namespace, title, containers, secrets, resource } = pod;
      for (const { name, path, volume, containers: seeing } of secrets) {
        if (!known.has(`${namespace}/${name}`)) continue;
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
