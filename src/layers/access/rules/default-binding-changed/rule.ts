// A binding with the name of a default one that says something else (bootstrappolicy).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { defaultRule } from "../../default-rule.ts";

export const rule: ClusterRule = defaultRule({
  id: "access/default-binding-changed",
  severity: "high", // system rights for somebody else
  frameworks: [],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go"],
  of: "binding",
  text: {
    en: {
      title: "A default binding was changed",
      message: "Not as Kubernetes brings it; more: {more}; missing: {missing}",
      risk: "Subjects were given what is meant for Kubernetes' own components.",
      fix: "Restore the default, and bind others by a binding of their own.",
    },
    "zh-CN": {
      title: "默认绑定被修改",
      message: "与 Kubernetes 自带的不同；多出：{more}；缺少：{missing}",
      risk: "这些主体得到了本应属于 Kubernetes 组件的权限。",
      fix: "恢复默认，其他主体使用单独的绑定。",
    },
  },
});
