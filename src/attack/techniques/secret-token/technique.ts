// A Secret of type kubernetes.io/service-account-token holds a token that never expires.

import type { Technique } from "../../technique.ts";

export const secretToken: Technique = {
  id: "secret-token",
  attack: ["T1528"],
  source: "k/k pkg/controller/serviceaccount/tokens_controller.go",
  powers: () => [],
  *steps({ secrets }) {
    for (const { namespace, name, tokenOf, resource } of secrets) {
      if (tokenOf === undefined) continue;
      yield {
        needs: [{ kind: "secret", namespace, name }],
        gives: { kind: "user", name: `system:serviceaccount:${namespace}:${tokenOf}` },
        says: { secret: `${namespace}/${name}`, account: `${namespace}/${tokenOf}` },
        facts: () => (resource === undefined ? [] : [{ kind: "field", resource, path: ["metadata", "annotations"] }]),
        controls: () =>
          resource === undefined
            ? []
            : [{ id: `delete secret ${namespace}/${name}`, change: { kind: "delete-object", resource } }],
      };
    }
  },
};
