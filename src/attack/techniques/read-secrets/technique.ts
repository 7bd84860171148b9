// Reading Secrets, by name or all at once: list and watch give their contents too.

import { EVERYWHERE, type Holding } from "../../holding.ts";
import { byNamespaceRights } from "../../namespace-rights.ts";
import { READ_SECRETS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

export const readSecrets: Technique = {
  id: "read-secrets",
  attack: ["T1552.007"],
  source: "k/k pkg/registry/core/secret/storage/storage.go",
  given: "used",
  powers: () => [READ_SECRETS],
  *steps(world) {
    const { rights, secrets } = world;
    yield* byNamespaceRights(world, "secrets", { name: "" });
    for (const { holding, namespace, name } of rights.of(READ_SECRETS)) {
      const given: readonly Holding[] =
        name === ""
          ? [{ kind: "secrets", namespace }]
          : secrets
              .filter((secret) => secret.name === name && (namespace === EVERYWHERE || secret.namespace === namespace))
              .map((secret) => ({ kind: "secret", namespace: secret.namespace, name }));
      for (const gives of given) yield { needs: [holding], gives, says: { namespace, name } };
    }
  },
};
