// ServiceMonitors and PodMonitors whose selector nothing of the input meets.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { selectionOf, type Selection } from "../../references/monitored.ts";
import type { DetailedEntry } from "../../references/relations.ts";
import { textOf } from "../../references/selector-text.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/monitor-selects-nothing",
  severity: "low",
  since: "0.1.0",
  reads: ["ServiceMonitor", "PodMonitor", "Service", "pod templates"],
  frameworks: [],
  references: ["prometheus-operator/pkg/apis/monitoring/v1/servicemonitor_types.go"],
  knownAs: { kubeLinter: ["dangling-servicemonitor"] },
  *judge(relations): Iterable<Judgement> {
    for (const monitor of relations.ofRole("monitor")) {
      const selection = selectionOf(relations, monitor);
      yield {
        resource: monitor.resource,
        outcomes: selection === undefined ? NOT_APPLICABLE : judge(monitor, selection),
      };
    }
  },
  text: {
    en: {
      title: "Monitor selects nothing of the input",
      message: "No {what} in its namespaces meets the selector {selector}",
      risk: "Nothing is measured and no alert fires: an attack on this service is not seen.",
      fix: "Make the selector match the labels of the Service, or of the pods of a PodMonitor.",
    },
    "zh-CN": {
      title: "监控对象未选中输入中的任何目标",
      message: "其命名空间中没有符合选择器 {selector} 的 {what}",
      risk: "没有指标，也不会告警：针对该服务的攻击不会被发现。",
      fix: "让选择器与 Service 的标签一致；PodMonitor 则与 Pod 的标签一致。",
    },
  },
});

function judge({ detail }: DetailedEntry<"monitor">, { isEmpty }: Selection): readonly Outcome[] {
  if (!isEmpty) return PASS;
  const path = ["spec", "selector"];
  const selector = textOf(detail.selector ?? {});
  const evidence = detail.selector == null ? { path, absent: true as const } : { path, value: detail.selector };
  const what = detail.selects === "services" ? "Service" : "Pod";
  return [{ kind: "fail", key: "", arguments: { name: selector, selector, what }, evidence: [evidence] }];
}
