// One rule against one action (k/k plugin/pkg/auth/authorizer/rbac/rbac.go RuleAllows,
// pkg/apis/rbac/v1/evaluation_helpers.go). Everything is literal and case sensitive; the only wildcards are a lone `*`,
// `*/SUBRESOURCE`, and a trailing `*` of a path.

import { combinedResource, type Action } from "./action.ts";
import type { PolicyRule } from "./policy-rule.ts";

/** Whether the rule alone allows the action. */
export function ruleAllows(rule: PolicyRule, action: Action): boolean {
  if (!hasOrAll(rule.verbs, action.verb)) return false;
  if (action.kind === "path") return allowsPath(rule, action.path);
  return (
    allowsResource(rule, combinedResource(action), action.subresource) &&
    hasOrAll(rule.apiGroups, action.apiGroup) &&
    allowsName(rule, action.name)
  );
}

/** Whether the list holds `item` or `*`. */
export function hasOrAll(list: readonly string[], item: string): boolean {
  return list.includes(item) || list.includes("*");
}

/** Whether a rule's path, which may end in `*`, takes in `path`. All trailing stars are dropped before comparing. */
export function pathCovers(owner: string, path: string): boolean {
  if (owner === path) return true;
  if (!owner.endsWith("*")) return false;
  let end = owner.length;
  while (end > 0 && owner[end - 1] === "*") end--;
  return path.startsWith(owner.slice(0, end));
}

function allowsResource(rule: PolicyRule, combined: string, subresource: string): boolean {
  const { resources } = rule;
  if (resources.includes(combined) || resources.includes("*")) return true;
  return subresource !== "" && resources.includes(`*/${subresource}`);
}

function allowsName(rule: PolicyRule, name: string): boolean {
  return rule.resourceNames.length === 0 || rule.resourceNames.includes(name);
}

function allowsPath(rule: PolicyRule, path: string): boolean {
  return rule.nonResourceURLs.some((owner) => pathCovers(owner, path));
}
