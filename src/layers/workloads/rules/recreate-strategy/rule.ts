// A Deployment that stops all its pods before it starts new ones.

import { object, string } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/recreate-strategy",
  severity: "low", // nothing; but every roll-out, of a fix too, is an outage
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/apps/v1/types.go#DeploymentStrategy"],
  knownAs: { kubescape: ["C-0305"], kubeLinter: ["no-rolling-update-strategy"], kubeScore: ["deployment-strategy"] },
  controllers: ["apps/Deployment"],
  spec: object({ strategy: object({ type: string }) }),
  find: ({ strategy }) => (strategy?.type === "Recreate" ? { field: ["strategy", "type"] } : undefined),
  text: {
    en: {
      title: "Every roll-out is an outage",
      message: "Deployment stops all pods before it starts new ones",
      risk: "A fix that takes the service down waits for a quiet hour.",
      fix: "Set strategy.type to RollingUpdate.",
    },
    "zh-CN": {
      title: "每次发布都会中断服务",
      message: "Deployment 在启动新 Pod 之前停止所有旧 Pod",
      risk: "会中断服务的修复往往被推迟到业务空闲时。",
      fix: "将 strategy.type 设为 RollingUpdate。",
    },
  },
});
