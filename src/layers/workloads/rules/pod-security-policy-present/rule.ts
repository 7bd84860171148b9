// PodSecurityPolicies: removed in 1.25, replaced by Pod Security admission (KEP-2579).

import { object, string } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { objectShapeRule } from "../../object-rule.ts";

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/pod-security-policy-present",
  severity: "medium",
  since: "0.1.0",
  frameworks: [],
  references: ["KEP-2579"],
  targets: ["policy/PodSecurityPolicy", "extensions/PodSecurityPolicy"],
  shape: object({ kind: string }),
  find: () => ({ field: ["kind"] }),
  text: {
    en: {
      title: "PodSecurityPolicy has no effect",
      message: "PodSecurityPolicy was removed in Kubernetes 1.25",
      risk: "Whoever relies on it relies on nothing: privileged pods are admitted.",
      fix: "Use Pod Security labels on namespaces, and remove the policy.",
    },
    "zh-CN": {
      title: "PodSecurityPolicy 不起作用",
      message: "PodSecurityPolicy 已在 Kubernetes 1.25 中移除",
      risk: "依赖它就等于没有防护：特权 Pod 会被准入。",
      fix: "改用命名空间上的 Pod Security 标签，并删除该策略。",
    },
  },
});
