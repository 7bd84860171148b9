// `create` on serviceaccounts/token asks the API server for a token of the account, of a namespace's or of those named.

import { EVERYWHERE, type Holding } from "../../holding.ts";
import { byNamespaceRights } from "../../namespace-rights.ts";
import { CREATE_TOKENS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

export const tokenRequest: Technique = {
  id: "token-request",
  attack: ["T1528"],
  source: "k/k pkg/registry/core/serviceaccount/storage/token.go",
  powers: () => [CREATE_TOKENS],
  *steps(world) {
    const { rights, accounts, account } = world;
    yield* byNamespaceRights(world, "accounts", { account: "" });
    for (const { holding, namespace, name } of rights.of(CREATE_TOKENS)) {
      if (name === "") {
        yield { needs: [holding], gives: { kind: "accounts", namespace }, says: { namespace, account: "" } };
        continue;
      }
      const named =
        namespace === EVERYWHERE
          ? accounts.filter((one) => one.name === name)
          : [account(namespace, name) ?? []].flat();
      for (const { user, exists, namespace: where } of named) {
        const gives: Holding = { kind: "user", name: user };
        if (exists) yield { needs: [holding], gives, says: { namespace, account: `${where}/${name}` } };
      }
    }
  },
};
