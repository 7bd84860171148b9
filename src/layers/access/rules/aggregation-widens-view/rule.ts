// A role that the default role view gathers and that lets more than look.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { givenBy, type Right } from "../../right.ts";
import { roleRule } from "../../role-rule.ts";

const READS: ReadonlySet<string> = new Set(["get", "list", "watch"]);
const SECRETS: readonly Right[] = [{ verbs: ["get", "list", "watch"], apiGroup: "", resources: ["secrets"] }];

export const rule: ClusterRule = roleRule({
  id: "access/aggregation-widens-view",
  severity: "medium", // everyone who may only look gets it
  frameworks: [],
  references: ["kubernetes/pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go"],
  judge: (rule, index) => {
    const writes = rule.verbs.flatMap((verb, at) =>
      READS.has(verb) ? [] : [{ path: ["rules", index, "verbs", at], value: verb }],
    );
    return [...givenBy(rule, index, SECRETS), ...writes];
  },
  isConcerned: ({ record }) => record.labels?.["rbac.authorization.k8s.io/aggregate-to-view"] === "true",
  text: {
    en: {
      title: "view does more than view",
      message: "Adds to the default role view what lets more than look; granted to {subjects}, namespaces {namespaces}",
      risk: "Everyone bound to view, who was to look only, may do it.",
      fix: "Label it aggregate-to-edit or aggregate-to-admin, or split it.",
    },
    "zh-CN": {
      title: "view 不再只是查看",
      message: "向默认角色 view 添加了不止查看的权限；授予 {subjects}，命名空间 {namespaces}",
      risk: "所有绑定 view、本应只能查看的人都能这么做。",
      fix: "改用 aggregate-to-edit 或 aggregate-to-admin 标签，或拆分该角色。",
    },
  },
});
