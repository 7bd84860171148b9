// `impersonate` on service accounts, of a namespace or by name, lets its holder ask as them; the account need not exist.

import { actingAnyAccount } from "../../any-identity.ts";
import { actingAs, EVERYWHERE } from "../../holding.ts";
import { serviceAccountUser } from "../../../layers/access/identity.ts";
import { IMPERSONATE_ACCOUNTS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

export const impersonateServiceAccount: Technique = {
  id: "impersonate-service-account",
  attack: ["T1134.001"],
  source:
    "k8s.io/apiserver pkg/endpoints/filters/impersonation/impersonation.go; pkg/authentication/serviceaccount/util.go",
  powers: () => [IMPERSONATE_ACCOUNTS],
  *steps(world) {
    const { rights, accounts } = world;
    for (const { holding, namespace, name } of rights.of(IMPERSONATE_ACCOUNTS)) {
      if (name === "") {
        yield { needs: [holding], gives: actingAnyAccount(namespace), says: { namespace, account: "" } };
        continue;
      }
      const named = namespace === EVERYWHERE ? accounts.filter((one) => one.name === name) : [{ namespace, name }];
      for (const { namespace: where } of named) {
        const account = `${where}/${name}`;
        yield {
          needs: [holding],
          gives: actingAs({ kind: "user", name: serviceAccountUser(where, name) }),
          says: { namespace, account },
        };
      }
    }
  },
};
