// Whoever may do in a namespace what the built-in ClusterRole `admin` allows is admin there, whatever the roles are called.

import { covers } from "../../../layers/access/cover.ts";
import { authenticated, type Identity } from "../../../layers/access/identity.ts";
import type { PolicyRule } from "../../../layers/access/policy-rule.ts";
import { adminRules } from "../../admin-rules.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { EVERYWHERE, holdingKey, type Holding, type NamespaceScope } from "../../holding.ts";
import { namesGiven, type Power } from "../../power.ts";
import { CREATE_PODS, CREATE_ROLE_BINDINGS, READ_SECRETS } from "../../powers.ts";
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
    const isAdmin = adminTest(world);
    for (const { holder, namespace, rights } of world.rights.joint(TELLING)) {
      if (rights.some(({ name }) => name !== "") || !isAdmin(holder, namespace)) continue;
      yield { needs: rights.map(({ holding }) => holding), gives: { kind: "namespace-admin", namespace } };
    }
  },
};

/** Role by role first: a role is compared once, however often it is bound. */
function adminTest({ rights, access, minor }: AttackWorld): (holder: Holding, namespace: NamespaceScope) => boolean {
  const wanted = adminRules(minor);
  const known = new Map<readonly PolicyRule[], boolean>();
  const areAdmin = (rules: readonly PolicyRule[]): boolean => {
    const found = known.get(rules);
    if (found !== undefined) return found;
    const { covered } = covers(rules, wanted);
    known.set(rules, covered);
    return covered;
  };
  const byHolder = new Set<string>();
  const note = (holder: Holding, namespace: NamespaceScope, rules: readonly PolicyRule[] | undefined): void => {
    const isTelling = rules !== undefined && TELLING.every((power) => rules.some((rule) => isGivenAll(rule, power)));
    if (isTelling && areAdmin(rules)) byHolder.add(keyOf(holder, namespace));
  };
  for (const { holder, namespace, role } of rights.bound) note(holder, namespace, role?.rules.rules);
  for (const { holder, namespace, role } of rights.gainable) note(holder, namespace, role.rules.rules);
  const answers = new Map<string, boolean>();
  return (holder, namespace) => {
    const key = keyOf(holder, namespace);
    if (byHolder.has(key) || byHolder.has(keyOf(holder, EVERYWHERE))) return true;
    const answered = answers.get(key);
    if (answered !== undefined) return answered;
    const identity = identityOf(holder);
    const scope = namespace === EVERYWHERE ? "" : namespace;
    const answer = identity !== undefined && access.checkEscalation(identity, scope, wanted).covered;
    answers.set(key, answer);
    return answer;
  };
}

function isGivenAll(rule: PolicyRule, power: Power): boolean {
  return namesGiven(rule, power)?.length === 0;
}

function identityOf(holder: Holding): Identity | undefined {
  if (holder.kind === "user") return authenticated(holder.name);
  return holder.kind === "group" ? authenticated("", [holder.name]) : undefined;
}

function keyOf(holder: Holding, namespace: NamespaceScope): string {
  return `${holdingKey(holder)} ${namespace}`;
}
