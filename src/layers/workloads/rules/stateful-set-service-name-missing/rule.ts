// A StatefulSet without serviceName: its pods get no DNS names of their own.

import { object, string } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/stateful-set-service-name-missing",
  severity: "low", // nothing; but the pods have no names that stay
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/apps/v1/types.go#StatefulSetSpec"],
  controllers: ["apps/StatefulSet"],
  spec: object({ serviceName: string }),
  find: ({ serviceName }) => (serviceName ? undefined : { field: ["serviceName"] }),
  text: {
    en: {
      title: "Pods of a StatefulSet have no names in DNS",
      message: "StatefulSet names no Service",
      risk: "Its pods cannot be reached one by one, which is what a StatefulSet is for, nor named in certificates.",
      fix: "Set serviceName to a headless Service.",
    },
    "zh-CN": {
      title: "StatefulSet 的 Pod 没有 DNS 名称",
      message: "StatefulSet 没有指定 Service",
      risk: "无法逐个访问其 Pod（而这正是 StatefulSet 的用途），也无法在证书中写明名称。",
      fix: "将 serviceName 设为一个 headless Service。",
    },
  },
});
