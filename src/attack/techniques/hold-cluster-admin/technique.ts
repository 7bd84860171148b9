// Whoever may do everything everywhere is cluster-admin, whatever the role is called.

import type { BoundSubject } from "../../rights.ts";
import { actingAs, EVERYWHERE } from "../../holding.ts";
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
    for (const bound of rights.bound)
      if (bound.namespace === EVERYWHERE && isAll(bound.role))
        for (const holder of [bound.holder, actingAs(bound.holder)])
          yield { needs: [holder], gives: { kind: "cluster-admin" }, facts: bound.facts, controls: bound.controls };
    for (const { role, namespace, holder } of rights.gainable)
      if (namespace === EVERYWHERE && isAll(role)) yield { needs: [holder], gives: { kind: "cluster-admin" } };
  },
};

function isAll(role: BoundSubject["role"]): boolean {
  return (role?.rules.rules ?? []).some(isEverything);
}
