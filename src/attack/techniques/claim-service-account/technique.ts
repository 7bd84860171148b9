// A binding to an account that is not there gives its rights to whoever creates the account and takes its token.

import { creationPowers, creations, powersToCreate } from "../../creation.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { CREATE_TOKENS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

export const claimServiceAccount: Technique = {
  id: "claim-service-account",
  attack: ["T1078.004", "T1136"],
  source: "k/k pkg/registry/core/serviceaccount/strategy.go; pkg/registry/rbac/validation/rule.go appliesTo",
  powers: () => [...powersToCreate(ACCOUNTS), CREATE_TOKENS],
  *steps({ rights, accounts, namespace: namespaceOf, isComplete }) {
    // In a namespace that is not there no account can be created.
    const missing = accounts.filter(
      ({ exists, namespace }) => !exists && !(isComplete && namespaceOf(namespace).resource === undefined),
    );
    const scopes = new Set(missing.map(({ namespace }) => namespace));
    for (const { needs, namespace, name } of creations(rights, ACCOUNTS))
      yield { needs, gives: newAccount(namespace, name), isMeant: true };
    for (const scope of scopes) {
      yield { needs: [newAccount(EVERYWHERE)], gives: newAccount(scope), isMeant: true };
      yield { needs: [{ kind: "namespace-admin", namespace: scope }], gives: newAccount(scope), isMeant: true };
    }
    const tokens = Map.groupBy(rights.of(CREATE_TOKENS), ({ namespace }) => namespace);
    for (const { namespace, name, user } of missing) {
      const gives: Holding = { kind: "user", name: user };
      const says = { namespace, account: `${namespace}/${name}` };
      const account = newAccount(namespace, name);
      for (const wider of [newAccount(namespace), newAccount(EVERYWHERE, name)])
        yield { needs: [wider], gives: account, isMeant: true };
      yield { needs: [account, { kind: "new-pod", namespace }], gives, says };
      for (const right of [...(tokens.get(namespace) ?? []), ...(tokens.get(EVERYWHERE) ?? [])])
        if (right.name === "" || right.name === name) yield { needs: [account, right.holding], gives, says };
    }
  },
};

const ACCOUNTS = creationPowers("", "serviceaccounts");

/** Service accounts of the attacker's making; an empty name is any. */
function newAccount(namespace: NamespaceScope, name = ""): Holding {
  return { kind: "means", of: "new-account", namespace, name };
}
