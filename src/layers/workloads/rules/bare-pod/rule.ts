// A Pod that no controller owns, although it is meant to run for ever.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { metadataRule } from "../../metadata-rule.ts";
import { isStaticPod, runsToCompletion } from "../../pod-field-rule.ts";

export const rule: PodRule = metadataRule({
  id: "workloads/bare-pod",
  severity: "low", // nothing; but a pod that is gone stays gone
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes.io/docs/concepts/workloads/pods"],
  knownAs: { kubescape: ["C-0073"] },
  isApplicable: (pod) => pod.isPod && !isStaticPod(pod) && !runsToCompletion(pod),
  find: ({ resource: { object } }) =>
    (object.metadata?.ownerReferences ?? []).length === 0 ? { field: ["metadata", "ownerReferences"] } : undefined,
  text: {
    en: {
      title: "Pod has no controller",
      message: "Pod belongs to no controller",
      risk: "When its node fails, is drained or replaced, nothing starts it again; and nothing rolls out a fix.",
      fix: "Make it a Deployment, StatefulSet, DaemonSet or Job.",
    },
    "zh-CN": {
      title: "Pod 没有控制器",
      message: "Pod 不属于任何控制器",
      risk: "节点故障、排空或更换后不会有任何东西重新启动它，也无法滚动发布修复。",
      fix: "改为 Deployment、StatefulSet、DaemonSet 或 Job。",
    },
  },
});
