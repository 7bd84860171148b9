// The same role, to the same subject, in the same scope, twice.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { BindingView } from "../../access-view.ts";
import { bindingRule } from "../../binding-rule.ts";
import { subjectName } from "../../granted-to.ts";

function isSameGrant(one: BindingView, other: BindingView): boolean {
  const { roleRef } = one.record;
  return (
    one.resource !== other.resource &&
    one.resource.id.kind === other.resource.id.kind &&
    one.resource.id.namespace === other.resource.id.namespace &&
    one.resource.id.name !== other.resource.id.name &&
    roleRef.kind === other.record.roleRef.kind &&
    roleRef.name === other.record.roleRef.name
  );
}

export const rule: ClusterRule = bindingRule({
  id: "access/duplicate-grant",
  severity: "low", // one of the two is forgotten when the right is taken away
  frameworks: [],
  references: ["kubernetes/pkg/registry/rbac/validation/rule.go"],
  *judge(binding, { bindings }) {
    const { resource, record } = binding;
    const earlier = bindings.slice(0, bindings.indexOf(binding)).filter((other) => isSameGrant(other, binding));
    for (const [index, subject] of record.subjects.entries()) {
      const subjectText = subjectName(subject, resource.id.namespace);
      const other = earlier.find(({ record: { subjects } }) =>
        subjects.some((one) => subjectName(one, resource.id.namespace) === subjectText),
      );
      if (other === undefined) continue;
      yield {
        key: subjectText,
        arguments: { subject: subjectText, other: other.resource.id.name },
        evidence: [{ path: ["subjects", index, "name"], value: subject.name }],
      };
    }
  },
  text: {
    en: {
      title: "The same grant twice",
      message: "Grants {role} to {subject} in {namespace}, as {other} does",
      risk: "Taking one away takes nothing away.",
      fix: "Remove one of the two bindings.",
    },
    "zh-CN": {
      title: "重复授权",
      message: "在 {namespace} 将 {role} 授予 {subject}，与 {other} 相同",
      risk: "删除其中一个并不会收回权限。",
      fix: "删除两个绑定之一。",
    },
  },
});
