// ClusterRoles that gather the rules of others (k/k pkg/controller/clusterroleaggregation). The controller writes the
// gathered rules into the object; from files they are computed here, to the state the controller would come to rest in.

import { matchSelector } from "../../kubernetes/label-selector.ts";
import { ruleKey, type PolicyRule } from "./policy-rule.ts";
import type { RoleRecord, RuleOrigin } from "./rbac-record.ts";
import { createRuleSet } from "./rule-set.ts";

export interface GatheredRules<S> {
  readonly rules: readonly PolicyRule[];
  readonly origins: readonly RuleOrigin<S>[];
}

export interface AggregatedRoles<S> {
  /** Roles whose rules were computed, by name, ready to be used in place of what the file says. */
  readonly byName: ReadonlyMap<string, RoleRecord<S>>;
  /** Names in a cycle: each gathers the other, directly or through others. */
  readonly cycles: readonly (readonly string[])[];
  /** Roles with a selector the controller refuses; it leaves such a role alone. */
  readonly invalid: readonly { readonly role: RoleRecord<S>; readonly selectorIndex: number }[];
}

/**
 * Computes every aggregated ClusterRole that was not read from an API server.
 * O(aggregated roles × ClusterRoles) to match, a few passes to gather.
 */
export function aggregateRoles<S>(clusterRoles: readonly RoleRecord<S>[]): AggregatedRoles<S> {
  const targets = clusterRoles.filter((role) => role.selectors !== undefined && !role.isStored);
  const invalid: { role: RoleRecord<S>; selectorIndex: number }[] = [];
  const sourcesOf = new Map<string, readonly (readonly RoleRecord<S>[])[]>();
  const sorted = clusterRoles.toSorted((one, other) => compareText(one.resource.name, other.resource.name));
  for (const role of targets) {
    const sources = selectSources(role, sorted);
    if (typeof sources === "number") invalid.push({ role, selectorIndex: sources });
    else sourcesOf.set(role.resource.name, sources);
  }
  return { byName: gatherAll(sourcesOf, targets), cycles: findCycles(sourcesOf), invalid };
}

/** The rules that a role's selectors gather from the other roles as they are; `undefined` for an invalid selector. */
export function gatheredRules<S>(
  role: RoleRecord<S>,
  clusterRoles: readonly RoleRecord<S>[],
): GatheredRules<S> | undefined {
  const sorted = clusterRoles.toSorted((one, other) => compareText(one.resource.name, other.resource.name));
  const sources = selectSources(role, sorted);
  return typeof sources === "number" ? undefined : gather(sources, (source) => source);
}

function selectSources<S>(
  role: RoleRecord<S>,
  sorted: readonly RoleRecord<S>[],
): readonly (readonly RoleRecord<S>[])[] | number {
  const lists: RoleRecord<S>[][] = [];
  for (const [index, selector] of (role.selectors ?? []).entries()) {
    if (matchSelector(selector, {}) === "invalid") return index;
    const isSelected = (other: RoleRecord<S>) =>
      other.resource.name !== role.resource.name && matchSelector(selector, other.labels ?? {}) === "match";
    lists.push(sorted.filter(isSelected));
  }
  return lists;
}

function gather<S>(
  sources: readonly (readonly RoleRecord<S>[])[],
  current: (source: RoleRecord<S>) => RoleRecord<S>,
): GatheredRules<S> {
  const rules: PolicyRule[] = [];
  const origins: RuleOrigin<S>[] = [];
  const seen = new Set<string>();
  for (const list of sources) {
    for (const source of list) {
      const role = current(source);
      role.rules.rules.forEach((rule, index) => {
        const key = ruleKey(rule);
        if (seen.has(key)) return;
        seen.add(key);
        rules.push(rule);
        origins.push(role.origins?.[index] ?? { role: role.resource, index });
      });
    }
  }
  return { rules, origins };
}

// Rules only ever grow from pass to pass, so the number of rules tells when nothing changes any more.
function gatherAll<S>(
  sourcesOf: ReadonlyMap<string, readonly (readonly RoleRecord<S>[])[]>,
  targets: readonly RoleRecord<S>[],
): ReadonlyMap<string, RoleRecord<S>> {
  const computed = new Map<string, RoleRecord<S>>();
  const gathering = targets.filter((role) => sourcesOf.has(role.resource.name));
  for (const role of gathering) computed.set(role.resource.name, { ...role, rules: createRuleSet([]), origins: [] });
  for (let hasGrown = true; hasGrown;) {
    hasGrown = false;
    for (const role of gathering) {
      const { name } = role.resource;
      const { rules, origins } = gather(sourcesOf.get(name) ?? [], (source) =>
        source.resource.kind === "ClusterRole" ? (computed.get(source.resource.name) ?? source) : source,
      );
      if (rules.length > (computed.get(name)?.rules.rules.length ?? 0)) hasGrown = true;
      computed.set(name, { ...role, rules: createRuleSet(rules), origins });
    }
  }
  return computed;
}

/** Groups of roles that reach each other through their sources. */
function findCycles<S>(
  sourcesOf: ReadonlyMap<string, readonly (readonly RoleRecord<S>[])[]>,
): readonly (readonly string[])[] {
  const edges = new Map<string, readonly string[]>();
  for (const [name, lists] of sourcesOf) {
    edges.set(
      name,
      lists.flat().flatMap((source) => (sourcesOf.has(source.resource.name) ? [source.resource.name] : [])),
    );
  }
  const reached = new Map([...edges.keys()].map((name) => [name, reachableFrom(name, edges)]));
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const [name, reach] of reached) {
    if (done.has(name) || !reach.has(name)) continue;
    const members = [...reach].filter((other) => reached.get(other)?.has(name) === true).toSorted(compareText);
    for (const member of members) done.add(member);
    cycles.push(members);
  }
  return cycles;
}

function reachableFrom(start: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...(edges.get(start) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...(edges.get(name) ?? []));
  }
  return reached;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
