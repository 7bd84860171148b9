// A Deployment with one replica, said so. Where replicas is absent, an autoscaler may own the field, so it is not judged.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/single-replica",
  severity: "low", // nothing; but one node, one roll-out or one crash is an outage
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/apps/v1/types.go#DeploymentSpec"],
  controllers: ["apps/Deployment"],
  spec: object({ replicas: integer }),
  find: ({ replicas }) => (replicas === 1 ? { field: ["replicas"] } : undefined),
  knownAs: {
    kubeLinter: ["minimum-three-replicas"],
    polaris: ["deploymentMissingReplicas"],
    kubeScore: ["deployment-replicas"],
  },
  text: {
    en: {
      title: "Only one replica runs",
      message: "Deployment runs one replica",
      risk: "One node, one roll-out or one crash stops the service.",
      fix: "Set replicas to 2 or more, spread over nodes.",
    },
    "zh-CN": {
      title: "仅运行一个副本",
      message: "Deployment 只运行一个副本",
      risk: "一个节点、一次发布或一次崩溃就会使服务中断。",
      fix: "将 replicas 设为 2 或更多，并分散到不同节点。",
    },
  },
});
