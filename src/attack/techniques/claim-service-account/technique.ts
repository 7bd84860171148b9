// A binding to an account that is not there gives its rights to whoever creates the account and takes its token. Where its
// namespace is gone too, that one has to be created first.

import type { AccountFacts } from "../../account-facts.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { clusterScopedCreation, creationPowers, creations, powersToCreate } from "../../creation.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { CREATE_TOKENS } from "../../powers.ts";
import type { Rights } from "../../rights.ts";
import { namespaceRights } from "../../namespace-rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

const ACCOUNTS = creationPowers("", "serviceaccounts");
const NAMESPACES = clusterScopedCreation("", "namespaces");

export const claimServiceAccount: Technique = {
  id: "claim-service-account",
  attack: ["T1078.004", "T1136"],
  source: "k/k pkg/registry/core/serviceaccount/strategy.go; pkg/registry/rbac/validation/rule.go appliesTo",
  powers: () => [...powersToCreate(ACCOUNTS), ...powersToCreate(NAMESPACES), CREATE_TOKENS],
  *steps(world) {
    const { rights, accounts } = world;
    const missing = accounts.filter(({ exists }) => !exists);
    if (missing.length === 0) return;
    for (const { needs, namespace, name } of creations(rights, ACCOUNTS))
      yield { needs, gives: newAccount(namespace, name), isMeant: true };
    for (const { needs, name } of creations(rights, NAMESPACES))
      yield { needs, gives: newNamespace(name), isMeant: true };
    const gone = new Set(missing.map(({ namespace }) => namespace).filter((name) => isGone(world, name)));
    for (const namespace of new Set(missing.map((account) => account.namespace)))
      yield* gone.has(namespace) ? namespaceSteps(namespace) : accountSteps(namespace);
    for (const account of missing) yield* claimSteps(rights, account, gone.has(account.namespace));
  },
};

/** Only a whole cluster shows that a namespace is not there. */
function isGone({ isComplete, namespace }: AttackWorld, name: string): boolean {
  return isComplete && namespace(name).resource === undefined;
}

function* accountSteps(namespace: string): Generator<Step> {
  yield { needs: [newAccount(EVERYWHERE)], gives: newAccount(namespace), isMeant: true };
  yield { needs: [namespaceRights(namespace)], gives: newAccount(namespace), isMeant: true };
}

/** Rights in a namespace that is gone come from ClusterRoleBindings only. Its `default` account comes with it. */
function* namespaceSteps(namespace: string): Generator<Step> {
  yield { needs: [newNamespace("")], gives: newNamespace(namespace), isMeant: true };
  yield { needs: [newNamespace(namespace)], gives: newAccount(namespace, "default"), isMeant: true };
  const needs = [newNamespace(namespace), newAccount(EVERYWHERE)];
  yield { needs, gives: newAccount(namespace), isMeant: true };
}

function* claimSteps(
  rights: Rights,
  { namespace, name, user }: AccountFacts,
  isWithNamespace: boolean,
): Generator<Step> {
  const gives: Holding = { kind: "user", name: user };
  const says = { namespace, account: `${namespace}/${name}` };
  const account = newAccount(namespace, name);
  yield { needs: [newAccount(namespace)], gives: account, isMeant: true };
  const byName = [newAccount(EVERYWHERE, name), ...(isWithNamespace ? [newNamespace(namespace)] : [])];
  yield { needs: byName, gives: account, isMeant: true };
  const newPod: Holding = { kind: "new-pod", namespace: isWithNamespace ? EVERYWHERE : namespace };
  yield { needs: [account, newPod], gives, says };
  for (const right of rights.of(CREATE_TOKENS)) {
    const isInScope = right.namespace === EVERYWHERE || right.namespace === namespace;
    if (isInScope && (right.name === "" || right.name === name)) yield { needs: [account, right.holding], gives, says };
  }
}

/** Service accounts of the attacker's making; an empty name is any. */
function newAccount(namespace: NamespaceScope, name = ""): Holding {
  return { kind: "means", of: "new-account", namespace, name };
}

function newNamespace(name: string): Holding {
  return { kind: "means", of: "new-namespace", namespace: "", name };
}
