// Members of system:masters are asked nothing. Who may impersonate that group, with any user or account, is one of them.

import { IMPERSONATE_ACCOUNTS, IMPERSONATE_GROUPS, IMPERSONATE_USERS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

const MASTERS = "system:masters";

export const impersonateMasters: Technique = {
  id: "impersonate-masters",
  attack: ["T1134.001"],
  source:
    "k8s.io/apiserver pkg/endpoints/filters/impersonation/mode.go; pkg/authorization/authorizerfactory/builtin.go",
  powers: () => [IMPERSONATE_ACCOUNTS, IMPERSONATE_GROUPS, IMPERSONATE_USERS],
  *steps({ rights }) {
    for (const who of [IMPERSONATE_USERS, IMPERSONATE_ACCOUNTS])
      for (const { rights: both } of rights.joint([who, IMPERSONATE_GROUPS])) {
        const group = both[1]?.name ?? "";
        if (group !== "" && group !== MASTERS) continue;
        yield { needs: both.map(({ holding }) => holding), gives: { kind: "cluster-admin" }, says: { group: MASTERS } };
      }
  },
};
