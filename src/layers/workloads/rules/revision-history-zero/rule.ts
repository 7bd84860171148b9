// revisionHistoryLimit: 0 keeps no earlier version to go back to.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/revision-history-zero",
  severity: "low", // nothing; but there is no way back
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/apps/v1/types.go#DeploymentSpec"],
  controllers: ["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet"],
  spec: object({ revisionHistoryLimit: integer }),
  find: ({ revisionHistoryLimit }) => (revisionHistoryLimit === 0 ? { field: ["revisionHistoryLimit"] } : undefined),
  text: {
    en: {
      title: "No earlier version is kept",
      message: "No earlier version is kept to roll back to",
      risk: "After a bad roll-out, or one by an attacker, `kubectl rollout undo` has nothing to undo to.",
      fix: "Remove revisionHistoryLimit (the default is 10).",
    },
    "zh-CN": {
      title: "不保留历史版本",
      message: "没有保留可回滚的历史版本",
      risk: "错误的发布（或攻击者的发布）之后，kubectl rollout undo 无从回滚。",
      fix: "删除 revisionHistoryLimit（默认值为 10）。",
    },
  },
});
