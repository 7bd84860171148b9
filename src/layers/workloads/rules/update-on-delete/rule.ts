// A DaemonSet or StatefulSet that changes its pods only when somebody deletes them.

import { object, string } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/update-on-delete",
  severity: "low", // pods with the hole that was fixed last month
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/apps/v1/types.go#StatefulSetUpdateStrategy"],
  knownAs: { kubescape: ["C-0305"], kubeLinter: ["no-rolling-update-strategy"] },
  controllers: ["apps/DaemonSet", "apps/StatefulSet"],
  spec: object({ updateStrategy: object({ type: string }) }),
  find: ({ updateStrategy }) =>
    updateStrategy?.type === "OnDelete" ? { field: ["updateStrategy", "type"] } : undefined,
  text: {
    en: {
      title: "Updates wait until somebody deletes pods",
      message: "{value}: old pods run on until they are deleted",
      risk: "A fix is applied and seems done, while every pod still runs the old version.",
      fix: "Set updateStrategy.type to RollingUpdate.",
    },
    "zh-CN": {
      title: "更新要等 Pod 被手动删除",
      message: "{value}：旧 Pod 会一直运行，直到被删除",
      risk: "看似已应用修复，但所有 Pod 仍运行旧版本。",
      fix: "将 updateStrategy.type 设为 RollingUpdate。",
    },
  },
});
