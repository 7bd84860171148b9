// The template of rules about a lone `*` in one list of a role's rules.

import type { ClusterRule } from "../../verdicts/rule.ts";
import { isFullControl } from "./right.ts";
import { roleRule, type AccessRuleMetadata } from "./role-rule.ts";

export interface WildcardRuleOptions extends AccessRuleMetadata {
  readonly field: "apiGroups" | "resources" | "verbs";
}

/** Full control is a finding of its own. */
export function wildcardRule({ field, ...metadata }: WildcardRuleOptions): ClusterRule {
  return roleRule({
    ...metadata,
    judge: (rule, index) => {
      const at = rule[field].indexOf("*");
      return at === -1 || isFullControl(rule) ? [] : [{ path: ["rules", index, field, at], value: "*" }];
    },
  });
}
