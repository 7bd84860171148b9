// A Secret of type kubernetes.io/service-account-token is filled with a token of the account it names, whoever created it.
// Who reads the Secrets of the namespace has that token.

import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { CREATE_SECRETS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

export const createTokenSecret: Technique = {
  id: "create-token-secret",
  attack: ["T1528"],
  source: "k/k pkg/controller/serviceaccount/tokens_controller.go generateTokenIfNeeded",
  powers: () => [CREATE_SECRETS],
  *steps({ rights, namespaces }) {
    for (const { holding, namespace } of rights.of(CREATE_SECRETS))
      yield { needs: [holding], gives: newSecret(namespace), isMeant: true };
    for (const namespace of [EVERYWHERE, ...namespaces.map(({ name }) => name)]) {
      if (namespace !== EVERYWHERE)
        yield { needs: [newSecret(EVERYWHERE)], gives: newSecret(namespace), isMeant: true };
      const needs: readonly Holding[] = [newSecret(namespace), { kind: "secrets", namespace }];
      yield { needs, gives: { kind: "accounts", namespace }, says: { namespace } };
    }
  },
};

/** Secrets of the attacker's making. */
function newSecret(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "new-secret", namespace, name: "" };
}
