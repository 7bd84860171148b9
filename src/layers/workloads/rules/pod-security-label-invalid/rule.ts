// Pod Security labels that admission does not read: misspelled keys, levels and versions that do not exist.

import type { ObjectRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { objectShapeRule } from "../../object-rule.ts";
import { misspelledLabels, namespaceShape } from "../../pod-security-labels.ts";
import { podSecurityPolicyOf, PRIVILEGED_POLICY } from "../../pod-security/admission/policy.ts";
import { POLICY_LEVELS } from "../../pod-security/policy-level.ts";
import { withSimilar } from "../../missing-reference-rule.ts";
import { similarNames } from "../../references/similar-names.ts";

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/pod-security-label-invalid",
  severity: "medium",
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security-enforcement"],
  references: ["pod-security-admission/api/helpers.go"],
  targets: ["/Namespace"],
  shape: namespaceShape,
  find: ({ metadata }) => {
    const labels = metadata?.labels ?? {};
    const keys = misspelledLabels(labels).map(([key, meant]) =>
      fault(key, withSimilar(key, meant === "" ? [] : [meant])),
    );
    const { errors } = podSecurityPolicyOf(labels, PRIVILEGED_POLICY);
    const values = errors.map(({ label, value }) =>
      fault(label, withSimilar(value, similarNames(value, POLICY_LEVELS))),
    );
    return [...keys, ...values];
  },
  text: {
    en: {
      title: "Pod Security label means nothing",
      message: "Label {name} is not understood by Pod Security admission: {value}",
      risk: "The level that was meant is not in force.",
      fix: "Correct the label: enforce, audit or warn, with privileged, baseline or restricted, and -version with latest or v1.N.",
    },
    "zh-CN": {
      title: "Pod Security 标签无效",
      message: "Pod Security 准入无法识别标签 {name}：{value}",
      risk: "本应执行的级别并未生效。",
      fix: "更正标签：enforce、audit 或 warn，取值 privileged、baseline 或 restricted；-version 取值 latest 或 v1.N。",
    },
  },
});

function fault(label: string, shown: string): Fault {
  return { field: ["metadata", "labels", label], element: label, shown };
}
