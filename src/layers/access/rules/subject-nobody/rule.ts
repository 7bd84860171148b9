// Subjects that apply to nobody (k/k pkg/registry/rbac/validation/rule.go appliesTo).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule, subjectFaults } from "../../binding-rule.ts";
import { whoIsMeant } from "../../subject.ts";

export const rule: ClusterRule = bindingRule({
  id: "access/subject-nobody",
  severity: "low", // it grants nothing to anybody
  frameworks: [],
  references: ["kubernetes/pkg/registry/rbac/validation/rule.go"],
  judge: (binding) =>
    subjectFaults(binding, (subject) => whoIsMeant(subject, binding.record.resource.namespace) === undefined),
  text: {
    en: {
      title: "A subject is nobody",
      message: "Names {subject}, which applies to nobody",
      risk: "Whoever was meant does not have the rights, and the binding looks as if they had.",
      fix: "Write User, Group or ServiceAccount, and a namespace for a service account.",
    },
    "zh-CN": {
      title: "主体不对应任何人",
      message: "{subject} 不对应任何人",
      risk: "本应获得权限的人并未获得，而绑定看起来像是已授予。",
      fix: "请写 User、Group 或 ServiceAccount，并为 ServiceAccount 指定命名空间。",
    },
  },
});
