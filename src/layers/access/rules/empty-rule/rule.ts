// A rule without verbs, or without anything to apply them to.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { PolicyRule } from "../../policy-rule.ts";
import { ruleDocument } from "../../questions/grant-document.ts";
import { roleRule } from "../../role-rule.ts";

function isEmpty({ verbs, resources, apiGroups, nonResourceURLs }: PolicyRule): boolean {
  if (verbs.length === 0) return true;
  return (resources.length === 0 || apiGroups.length === 0) && nonResourceURLs.length === 0;
}

const ruleWithoutEmpty = (rule: PolicyRule): object => ruleDocument(rule);

export const rule: ClusterRule = roleRule({
  id: "access/empty-rule",
  severity: "low", // it grants nothing
  frameworks: [],
  references: ["kubernetes/pkg/apis/rbac/validation/validation.go"],
  judge: (rule, index) => (isEmpty(rule) ? [{ path: ["rules", index], value: ruleWithoutEmpty(rule) }] : []),
  text: {
    en: {
      title: "A rule that grants nothing",
      message: "Has a rule without verbs, apiGroups or resources; granted to {subjects}, namespaces {namespaces}",
      risk: "It looks like a grant and is none.",
      fix: 'Complete the rule (the core group is ""), or remove it.',
    },
    "zh-CN": {
      title: "不授予任何东西的规则",
      message: "含有缺少 verbs、apiGroups 或 resources 的规则；授予 {subjects}，命名空间 {namespaces}",
      risk: "看起来像授权，其实不是。",
      fix: '补全规则（核心组写作 ""），或删除。',
    },
  },
});
