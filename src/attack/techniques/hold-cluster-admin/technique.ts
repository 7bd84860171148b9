// Whoever may do everything everywhere is cluster-admin, whatever the role is called.

import { EVERYWHERE } from "../../holding.ts";
import { isEverything } from "../../power.ts";
import type { Technique } from "../../technique.ts";

/** Members are allowed before any authorizer is asked; no binding gives or takes it. */
const MASTERS = "system:masters";

export const holdClusterAdmin: Technique = {
  id: "hold-cluster-admin",
  attack: ["T1078.004"],
  source: "k/k plugin/pkg/auth/authorizer/rbac/rbac.go; pkg/registry/rbac/validation/rule.go Covers",
  given: "meant",
  powers: () => [],
  *steps({ rights }) {
    yield { needs: [{ kind: "group", name: MASTERS }], gives: { kind: "cluster-admin" } };
    for (const { role, namespace, acting } of rights.granted) {
      if (namespace !== EVERYWHERE || role === undefined) continue;
      const rule = role.rules.rules.findIndex(isEverything);
      if (rule === -1) continue;
      yield { needs: [acting], gives: { kind: "cluster-admin" }, facts: () => [{ kind: "rule", role, rule }] };
    }
  },
};
