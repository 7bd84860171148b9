// `impersonate` on users lets its holder ask as any of them, by a header. Only what authentication gives everybody comes
// along: groups are impersonated separately, and service accounts and nodes are not users here.

import { nodeOf, serviceAccountOf } from "../../../layers/access/identity.ts";
import { ACTING_ANY_USER } from "../../any-identity.ts";
import { actingAs } from "../../holding.ts";
import { IMPERSONATE_USERS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

export const impersonateUser: Technique = {
  id: "impersonate-user",
  attack: ["T1134.001"],
  source: "k8s.io/apiserver pkg/endpoints/filters/impersonation/impersonation.go",
  powers: () => [IMPERSONATE_USERS],
  *steps(world) {
    for (const { holding, name } of world.rights.of(IMPERSONATE_USERS)) {
      if (serviceAccountOf(name) !== undefined || nodeOf(name) !== undefined) continue;
      yield {
        needs: [holding],
        gives: name === "" ? ACTING_ANY_USER : actingAs({ kind: "user", name }),
        says: { user: name },
      };
    }
  },
};
