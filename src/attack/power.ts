// A power is one right that a technique turns into something: verbs on one resource, any of which is enough.

import { hasOrAll } from "../layers/access/rule-match.ts";
import type { PolicyRule } from "../layers/access/policy-rule.ts";

export interface Power {
  /** Also what a person reads, such as `create pods/exec`. */
  readonly id: string;
  /** Any of these is enough. */
  readonly verbs: readonly string[];
  readonly apiGroup: string;
  /** `pods`, `pods/exec`. */
  readonly resource: string;
  /** Whether such a request names its object, so that a rule with `resourceNames` can allow it. */
  readonly isNamed: boolean;
  /** Only a ClusterRoleBinding grants it. */
  readonly isClusterScoped?: true;
}

/** Requests of these verbs may name nothing. */
const COLLECTIVE: ReadonlySet<string> = new Set(["list", "watch", "deletecollection"]);

/** Which objects a rule gives the power on; `undefined`: none, an empty list: all. */
export function namesGiven(rule: PolicyRule, power: Power): readonly string[] | undefined {
  if (!power.verbs.some((verb) => hasOrAll(rule.verbs, verb))) return undefined;
  if (!hasOrAll(rule.apiGroups, power.apiGroup) || !givesResource(rule, power.resource)) return undefined;
  const { resourceNames } = rule;
  if (resourceNames.length === 0) return resourceNames;
  // The empty name is that of requests which name nothing (k/k pkg/apis/rbac/v1/evaluation_helpers.go ResourceNameMatches).
  const isUnnamed = !power.isNamed || power.verbs.some((verb) => COLLECTIVE.has(verb) && hasOrAll(rule.verbs, verb));
  if (isUnnamed && resourceNames.includes("")) return [];
  if (!power.isNamed) return undefined;
  const names = resourceNames.filter((name) => name !== "");
  return names.length === 0 ? undefined : names;
}

function givesResource({ resources }: PolicyRule, resource: string): boolean {
  if (hasOrAll(resources, resource)) return true;
  const slash = resource.indexOf("/");
  return slash !== -1 && resources.includes(`*${resource.slice(slash)}`);
}

/** Whether the rule gives it by a wildcard, so that it cannot simply be taken off a list. */
export function isWide(rule: PolicyRule, power: Power): boolean {
  return rule.verbs.includes("*") || !rule.resources.includes(power.resource);
}

/** Whether it is about acting as others, which nobody can do who acts as somebody already. */
export function isImpersonation({ verbs }: Power): boolean {
  return verbs.some((verb) => verb.startsWith("impersonate"));
}

/** Whether the rule allows every verb on every object. */
export function isEverything({ verbs, apiGroups, resources, resourceNames }: PolicyRule): boolean {
  return verbs.includes("*") && apiGroups.includes("*") && resources.includes("*") && resourceNames.length === 0;
}

/** A power on an object that requests name. */
export function named(verbs: readonly string[], apiGroup: string, resource: string): Power {
  return { id: `${verbs.join("|")} ${resource}`, verbs, apiGroup, resource, isNamed: true };
}

/** A power that names no object, as `create` of a collection. */
export function unnamed(verbs: readonly string[], apiGroup: string, resource: string): Power {
  return { id: `${verbs.join("|")} ${resource}`, verbs, apiGroup, resource, isNamed: false };
}

/** The same on a resource without a namespace. */
export function clusterScoped(power: Power): Power {
  return { ...power, isClusterScoped: true };
}
