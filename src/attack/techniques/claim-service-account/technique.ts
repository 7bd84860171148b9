// A binding to an account that is not there gives its rights to whoever creates the account and takes its token.

import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { CREATE_ACCOUNTS, CREATE_TOKENS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

export const claimServiceAccount: Technique = {
  id: "claim-service-account",
  attack: ["T1078.004", "T1136"],
  source: "k/k pkg/registry/core/serviceaccount/strategy.go; pkg/registry/rbac/validation/rule.go appliesTo",
  powers: () => [CREATE_ACCOUNTS, CREATE_TOKENS],
  *steps({ rights, accounts, namespace: namespaceOf, isComplete }) {
    // In a namespace that is not there no account can be created.
    const missing = accounts.filter(
      ({ exists, namespace }) => !exists && !(isComplete && namespaceOf(namespace).resource === undefined),
    );
    const scopes = new Set(missing.map(({ namespace }) => namespace));
    for (const { holding, namespace } of rights.of(CREATE_ACCOUNTS))
      yield { needs: [holding], gives: newAccount(namespace), isMeant: true };
    for (const scope of scopes) {
      yield { needs: [newAccount(EVERYWHERE)], gives: newAccount(scope), isMeant: true };
      yield { needs: [{ kind: "namespace-admin", namespace: scope }], gives: newAccount(scope), isMeant: true };
    }
    const tokens = Map.groupBy(rights.of(CREATE_TOKENS), ({ namespace }) => namespace);
    for (const { namespace, name, user } of missing) {
      const gives: Holding = { kind: "user", name: user };
      const says = { namespace, account: `${namespace}/${name}` };
      yield { needs: [newAccount(namespace), { kind: "new-pod", namespace }], gives, says };
      for (const right of [...(tokens.get(namespace) ?? []), ...(tokens.get(EVERYWHERE) ?? [])])
        if (right.name === "" || right.name === name)
          yield { needs: [newAccount(namespace), right.holding], gives, says };
    }
  },
};

/** Service accounts of the attacker's making. */
function newAccount(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "new-account", namespace, name: "" };
}
