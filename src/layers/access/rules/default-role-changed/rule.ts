// A role with the name of a default one that says something else (bootstrappolicy).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { defaultRule } from "../../default-rule.ts";

export const rule: ClusterRule = defaultRule({
  id: "access/default-role-changed",
  severity: "high", // everyone who was given the default has more, or cannot work
  frameworks: [],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go"],
  of: "role",
  text: {
    en: {
      title: "A default role was changed",
      message: "Not as Kubernetes brings it; more: {more}; missing: {missing}",
      risk: "Everyone who holds the default holds the change too, system components and all users among them.",
      fix: "Restore the default (the API server does at start, unless autoupdate is false), and put what is needed into a role of its own.",
    },
    "zh-CN": {
      title: "默认角色被修改",
      message: "与 Kubernetes 自带的不同；多出：{more}；缺少：{missing}",
      risk: "持有该默认角色的所有人都会得到这些改动，包括系统组件和所有用户。",
      fix: "恢复默认（API server 启动时会恢复，除非 autoupdate 为 false），所需权限放进单独的角色。",
    },
  },
});
