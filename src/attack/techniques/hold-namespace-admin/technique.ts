// Whoever may do in a namespace what the built-in ClusterRole `admin` allows is admin there, whatever the roles are called.

import { covers } from "../../../layers/access/cover.ts";
import type { PolicyRule } from "../../../layers/access/policy-rule.ts";
import { adminRules } from "../../admin-rules.ts";
import type { AttackWorld } from "../../attack-world.ts";
import type { GrantedRole } from "../../granted-role.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import type { JointRight } from "../../joint-question.ts";
import type { Right } from "../../right.ts";
import { CREATE_PODS, CREATE_ROLE_BINDINGS, READ_SECRETS } from "../../powers.ts";
import type { Rights } from "../../rights.ts";
import type { Technique } from "../../technique.ts";

/** Rights of `admin` that few others have: who lacks one is not looked at further. */
const TELLING = [CREATE_PODS, READ_SECRETS, CREATE_ROLE_BINDINGS];

export const holdNamespaceAdmin: Technique = {
  id: "hold-namespace-admin",
  attack: ["T1078.004"],
  source:
    "k/k plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go; k8s.io/component-helpers auth/rbac/validation",
  given: "meant",
  powers: () => TELLING,
  *steps(world) {
    const areAdmin = rolesTest(world);
    const isAdmin = identityTest(world.rights, areAdmin);
    for (const joint of world.rights.joint(TELLING)) {
      if (joint.rights.some(({ name }) => name !== "")) continue;
      const gives: Holding = { kind: "namespace-admin", namespace: joint.namespace };
      for (const own of adminsBy(joint, world.rights, areAdmin, isAdmin))
        yield { needs: own.map(({ holding }) => holding), gives };
    }
  },
};

/** The telling rights of those who are admin: of everybody with the role, or of single identities. */
function* adminsBy(
  { holder, namespace, rights: telling }: JointRight,
  { own }: Rights,
  areAdmin: (roles: readonly GrantedRole[]) => boolean,
  isAdmin: (holder: Holding, namespace: NamespaceScope) => boolean,
): Generator<readonly Right[]> {
  if (holder !== undefined) {
    if (isAdmin(holder, namespace)) yield telling;
    return;
  }
  const roles = new Set(telling.map(({ by }) => by));
  if (areAdmin([...roles])) {
    yield telling;
    return;
  }
  const [by] = roles;
  if (by === undefined || roles.size > 1) return;
  // The rest of what an admin may do can come by other roles of the same identity.
  for (const one of by.bound) if (isAdmin(one.holder, namespace)) yield telling.map((right) => own(right, one.holder));
}

/** Whether roles together are an admin's. Those that go together are compared once, however often they are bound. */
function rolesTest({ minor }: AttackWorld): (roles: readonly GrantedRole[]) => boolean {
  const wanted = adminRules(minor);
  const known = new Map<string, boolean>();
  return (roles) => {
    const key = roles.map(({ kind, role }) => `${kind} ${role?.resource.namespace}/${role?.resource.name}`).join("\n");
    let found = known.get(key);
    if (found === undefined) {
      const rules = roles.flatMap(({ role }): readonly PolicyRule[] => role?.rules.rules ?? []);
      known.set(key, (found = covers(rules, wanted).covered));
    }
    return found;
  };
}

/** Whether all roles of an identity together are an admin's. */
function identityTest(
  { rolesOf }: Rights,
  areAdmin: (roles: readonly GrantedRole[]) => boolean,
): (holder: Holding, namespace: NamespaceScope) => boolean {
  return (holder, namespace) =>
    areAdmin(rolesOf(holder).filter((one) => one.namespace === EVERYWHERE || one.namespace === namespace));
}
