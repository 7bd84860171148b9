// Whoever may do in a namespace what the built-in ClusterRole `admin` allows is admin there, whatever the roles are called.

import { covers } from "../../../layers/access/cover.ts";
import type { PolicyRule } from "../../../layers/access/policy-rule.ts";
import { adminRules } from "../../admin-rules.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { EVERYWHERE, holdingKey, type Holding, type NamespaceScope } from "../../holding.ts";
import type { JointRight, Right } from "../../joint-rights.ts";
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
    const areAdmin = rulesTest(world);
    const isAdmin = identityTest(world);
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
  areAdmin: (rules: readonly PolicyRule[]) => boolean,
  isAdmin: (holder: Holding, namespace: NamespaceScope) => boolean,
): Generator<readonly Right[]> {
  if (holder !== undefined) {
    if (isAdmin(holder, namespace)) yield telling;
    return;
  }
  const by = telling[0]?.by;
  if (by?.role === undefined) return;
  if (areAdmin(by.role.rules.rules)) {
    yield telling;
    return;
  }
  // The rest of what an admin may do can come by other roles of the same identity.
  for (const one of by.bound) if (isAdmin(one.holder, namespace)) yield telling.map((right) => own(right, one.holder));
}

/** Whether rules are an admin's. A role is compared once, however often it is bound. */
function rulesTest({ minor }: AttackWorld): (rules: readonly PolicyRule[]) => boolean {
  const wanted = adminRules(minor);
  const known = new Map<readonly PolicyRule[], boolean>();
  return (rules) => {
    let found = known.get(rules);
    if (found === undefined) known.set(rules, (found = covers(rules, wanted).covered));
    return found;
  };
}

/** Whether all roles of an identity together are an admin's. Roles that go together are compared once. */
function identityTest({ rights, minor }: AttackWorld): (holder: Holding, namespace: NamespaceScope) => boolean {
  const wanted = adminRules(minor);
  const answers = new Map<string, boolean>();
  return (holder, namespace) => {
    const roles = rights
      .rolesOf(holder)
      .filter((one) => one.role !== undefined && (one.namespace === EVERYWHERE || one.namespace === namespace));
    const key = roles.map(({ holding }) => holdingKey(holding)).join("\n");
    let answer = answers.get(key);
    if (answer === undefined) {
      const rules = roles.flatMap(({ role }) => role?.rules.rules ?? []);
      answers.set(key, (answer = covers(rules, wanted).covered));
    }
    return answer;
  };
}
