// A token Secret whose annotation is changed to another account, its token taken out, is filled again: for that account.

import { EVERYWHERE } from "../../holding.ts";
import { named } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const CHANGE_SECRETS = named(["update", "patch"], "", "secrets");

export const changeTokenSecret: Technique = {
  id: "change-token-secret",
  attack: ["T1528"],
  source:
    "k/k pkg/controller/serviceaccount/tokens_controller.go secretUpdateNeeded; pkg/apis/core/validation/validation.go",
  powers: () => [CHANGE_SECRETS],
  *steps({ rights, secrets }) {
    const tokens = secrets.filter(({ tokenOf }) => tokenOf !== undefined);
    for (const { holding, namespace, name } of rights.of(CHANGE_SECRETS))
      for (const secret of tokens) {
        if (namespace !== EVERYWHERE && namespace !== secret.namespace) continue;
        if (name !== "" && name !== secret.name) continue;
        yield {
          needs: [holding, { kind: "secret", namespace: secret.namespace, name: secret.name }],
          gives: { kind: "accounts", namespace: secret.namespace },
          says: { namespace: secret.namespace, secret: secret.name },
        };
      }
  },
};
