// A rolling update that may take all pods at once.

import { integer, intOrString, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

const strategy = object({ rollingUpdate: object({ maxUnavailable: intOrString }) });

export const rule: ObjectRule = controllerRule({
  id: "workloads/rolling-update-stops-all",
  severity: "low", // nothing; but every roll-out is an outage
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/controller/deployment/util/deployment_util.go#ResolveFenceposts"],
  knownAs: { kubescape: ["C-0305"] },
  controllers: ["apps/Deployment", "apps/DaemonSet"],
  spec: object({ replicas: integer, strategy, updateStrategy: strategy }),
  find: ({ replicas, strategy: ofDeployment, updateStrategy }) => {
    if (replicas === 0 || replicas === 1) return undefined;
    const name = ofDeployment?.rollingUpdate?.maxUnavailable == null ? "updateStrategy" : "strategy";
    const value = (ofDeployment ?? updateStrategy)?.rollingUpdate?.maxUnavailable;
    const isAll = value === "100%" || (typeof value === "number" && replicas != null && value >= replicas);
    return isAll ? { field: [name, "rollingUpdate", "maxUnavailable"] } : undefined;
  },
  text: {
    en: {
      title: "A roll-out may stop every pod at once",
      message: "Rolling update may make {value} of the pods unavailable",
      risk: "A version that does not start takes the whole service down.",
      fix: "Set maxUnavailable to 0 or 1.",
    },
    "zh-CN": {
      title: "滚动更新可能同时停止所有 Pod",
      message: "滚动更新允许 {value} 的 Pod 不可用",
      risk: "无法启动的版本会使整个服务中断。",
      fix: "将 maxUnavailable 设为 0 或 1。",
    },
  },
});
