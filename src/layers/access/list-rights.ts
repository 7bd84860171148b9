// Everything an identity may do, scope by scope, each rule once with all chains that give it.

import type { Access } from "./access-engine.ts";
import type { RbacGrant } from "./grant.ts";
import { MASTERS_GROUP, nodeIdentity, type Identity } from "./identity.ts";
import { ruleKey, type PolicyRule } from "./policy-rule.ts";
import { resolveScopeRules } from "./rbac-authorizer.ts";
import type { ResolutionError } from "./resolution-error.ts";

export interface HeldRule<S> {
  readonly rule: PolicyRule;
  readonly via: readonly RbacGrant<S>[];
}

export interface ScopeRights<S> {
  /** Empty for rights in every namespace, on cluster-scoped resources and on paths. */
  readonly namespace: string;
  readonly rules: readonly HeldRule<S>[];
  readonly errors: readonly ResolutionError<S>[];
}

export interface Rights<S> {
  /** Member of system:masters: everything, before any rule. */
  readonly isMaster: boolean;
  /** The node whose kubelet this is: the Node authorizer allows what its pods need, beside the rules. */
  readonly node?: string;
  /** The cluster scope first, then the namespaces by name; scopes without rules or errors are left out. */
  readonly scopes: readonly ScopeRights<S>[];
}

/** Lists the rights of an identity in the namespaces given, or in all. O(scopes + bindings of the identity). */
export function listRights<S>(access: Access<S>, identity: Identity, namespaces?: readonly string[]): Rights<S> {
  const { rbac } = access.state;
  const all = namespaces ?? [...rbac.scopes.values()].map(({ namespace }) => namespace);
  const scopes: ScopeRights<S>[] = [];
  for (const namespace of ["", ...new Set(all.filter((name) => name !== "").toSorted())]) {
    const { grants, errors } = resolveScopeRules(rbac, identity, namespace);
    if (grants.length + errors.length > 0) scopes.push({ namespace, rules: eachOnce(grants), errors });
  }
  const node = nodeIdentity(identity);
  return { isMaster: identity.groups.includes(MASTERS_GROUP), ...(node === undefined ? {} : { node }), scopes };
}

function eachOnce<S>(grants: readonly RbacGrant<S>[]): readonly HeldRule<S>[] {
  const held = new Map<string, { rule: PolicyRule; via: RbacGrant<S>[] }>();
  for (const grant of grants) {
    const key = ruleKey(grant.rule);
    const known = held.get(key);
    if (known === undefined) held.set(key, { rule: grant.rule, via: [grant] });
    else known.via.push(grant);
  }
  return [...held.values()];
}
