// Who gained and who lost what between two states, as rights and not as objects: renamed roles, split bindings and
// reordered rules are no difference.

import type { Access } from "./access-engine.ts";
import { covers, withPathsApart } from "./cover.ts";
import type { RbacGrant } from "./grant.ts";
import { authenticated, AUTHENTICATED_GROUP, UNAUTHENTICATED_GROUP, type Identity } from "./identity.ts";
import { minimalRules } from "./minimal-rules.ts";
import { ruleKey, type PolicyRule } from "./policy-rule.ts";
import { resolveRules, resolveScopeRules } from "./rbac-authorizer.ts";
import type { RbacState } from "./rbac-state.ts";
import { whoIsMeant, type Subject } from "./subject.ts";

export interface RightsChange<S> {
  readonly change: "gained" | "lost";
  readonly subject: Subject;
  /** Empty for cluster-wide. */
  readonly namespace: string;
  /** What changed, in few rules. */
  readonly rules: readonly PolicyRule[];
  /** The chains that give the rights: of the new state for a gain, of the old one for a loss. */
  readonly via: readonly RbacGrant<S>[];
  /** Of a cluster-wide change: namespaces where the subject had, or still has, all of it. */
  readonly exceptIn: readonly string[];
}

/**
 * The changes of every subject that a binding names, sorted by subject, scope and kind. A right that the subject also has
 * through its implicit groups, or cluster-wide, is neither gained nor lost. Members of a changed group are not repeated.
 */
export function diffAccess<S>(before: Access<S>, after: Access<S>): readonly RightsChange<S>[] {
  const old = before.state.rbac;
  const current = after.state.rbac;
  const changes: RightsChange<S>[] = [];
  for (const namespace of scopesOf(old, current)) {
    for (const subject of subjectsOf(namespace, old, current)) {
      const identity = { direct: directIdentity(subject), full: fullIdentity(subject) };
      const oldOwn = resolveScopeRules(old, identity.direct, namespace);
      const newOwn = resolveScopeRules(current, identity.direct, namespace);
      if (areSame(oldOwn.rules, newOwn.rules)) continue;
      const parts = { subject, namespace };
      changes.push(...changed("gained", parts, newOwn.grants, old, identity.full));
      changes.push(...changed("lost", parts, oldOwn.grants, current, identity.full));
    }
  }
  return changes.toSorted((one, other) => compare(sortKey(one), sortKey(other)));
}

/** What the grants of one state give that the identity does not have in the other. */
function changed<S>(
  change: "gained" | "lost",
  { subject, namespace }: { readonly subject: Subject; readonly namespace: string },
  grants: readonly RbacGrant<S>[],
  other: RbacState<S>,
  identity: Identity,
): readonly RightsChange<S>[] {
  const elsewhere = withPathsApart(resolveRules(other, identity, namespace).rules);
  const via = grants.filter(({ rule }) => !covers(elsewhere, [rule]).covered);
  if (via.length === 0) return [];
  const rules = minimalRules(
    covers(
      elsewhere,
      via.map(({ rule }) => rule),
    ).uncovered,
  );
  const exceptIn = namespace === "" ? namespacesWith(other, identity, rules) : [];
  return [{ change, subject, namespace, rules, via, exceptIn }];
}

function namespacesWith<S>(state: RbacState<S>, identity: Identity, rules: readonly PolicyRule[]): readonly string[] {
  const found: string[] = [];
  for (const { namespace } of state.scopes.values()) {
    if (namespace === "" || resolveScopeRules(state, identity, namespace).rules.length === 0) continue;
    if (covers(withPathsApart(resolveRules(state, identity, namespace).rules), rules).covered) found.push(namespace);
  }
  return found.toSorted(compare);
}

function scopesOf<S>(...states: readonly RbacState<S>[]): readonly string[] {
  return [...new Set(states.flatMap((state) => [...state.scopes.values()].map(({ namespace }) => namespace)))];
}

/** The subjects that bindings of the scope name in either state, each once; those that apply to nobody are left out. */
function subjectsOf<S>(namespace: string, ...states: readonly RbacState<S>[]): Iterable<Subject> {
  const subjects = new Map<string, Subject>();
  for (const state of states) {
    for (const binding of state.scopes.get(namespace)?.bindings.values() ?? []) {
      for (const subject of binding.subjects) {
        const meant = whoIsMeant(subject, namespace);
        if (meant === undefined) continue;
        const key = `${meant.kind} ${meant.name}`;
        if (subjects.has(key)) continue;
        const isLocal = subject.kind === "ServiceAccount" && subject.namespace === "";
        subjects.set(key, isLocal ? { ...subject, namespace } : subject);
      }
    }
  }
  return subjects.values();
}

/** Only what bindings say of the subject itself. */
function directIdentity(subject: Subject): Identity {
  if (subject.kind === "Group") return { user: "\u0000", groups: [subject.name] }; // nobody's name
  return { user: whoIsMeant(subject, subject.namespace)?.name ?? "", groups: [] };
}

/** With the groups that everyone so named is in. */
function fullIdentity(subject: Subject): Identity {
  if (subject.kind !== "Group") return authenticated(directIdentity(subject).user);
  const everyone = subject.name === UNAUTHENTICATED_GROUP ? [] : [AUTHENTICATED_GROUP];
  return { user: "\u0000", groups: [subject.name, ...everyone] };
}

function areSame(one: readonly PolicyRule[], other: readonly PolicyRule[]): boolean {
  return one.length === other.length && one.every((rule, at) => ruleKey(rule) === ruleKey(other[at] as PolicyRule)); // same length
}

function sortKey<S>({ subject, namespace, change }: RightsChange<S>): string {
  return [subject.kind, subject.namespace, subject.name, namespace, change].join("\u0000");
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
