// ServiceMonitors and PodMonitors that ask for a port nothing they select has.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { orNone, namedWith } from "../../missing-reference-rule.ts";
import type { MonitorFacts } from "../../references/details.ts";
import { selectionOf, type Selection } from "../../references/monitored.ts";
import { similarNames } from "../../references/similar-names.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/monitor-port-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["ServiceMonitor", "PodMonitor", "Service", "pod templates"],
  frameworks: [],
  references: ["prometheus-operator/pkg/apis/monitoring/v1/servicemonitor_types.go"],
  *judge(relations): Iterable<Judgement> {
    for (const { resource, detail, facts } of relations.ofRole("monitor")) {
      const selection = selectionOf(relations, { resource, detail, facts });
      // One that selects nothing is monitor-selects-nothing's.
      const isDecidable = detail.ports.length > 0 && selection !== undefined && !selection.isEmpty;
      yield { resource, outcomes: isDecidable ? judge(detail, selection) : NOT_APPLICABLE };
    }
  },
  text: {
    en: {
      title: "Monitor asks for a port that does not exist",
      message: "What it selects has no port named {port} (named: {known})",
      risk: "Nothing is measured and no alert fires: an attack on this service is not seen.",
      fix: "Use the name of a port of the Service, or of the container for a PodMonitor.",
    },
    "zh-CN": {
      title: "监控对象引用了不存在的端口",
      message: "所选目标没有名为 {port} 的端口（已命名：{known}）",
      risk: "没有指标，也不会告警：针对该服务的攻击不会被发现。",
      fix: "使用 Service 的端口名；PodMonitor 则使用容器的端口名。",
    },
  },
});

function judge({ ports }: MonitorFacts, selection: Selection): readonly Outcome[] {
  const known = [...selection.portNames];
  return ports.flatMap(({ name, path }) => {
    if (selection.portNames.has(name)) return PASS;
    const values = { ...namedWith(name, similarNames(name, known)), port: name, known: orNone(known) };
    return [{ kind: "fail", key: name, arguments: values, evidence: [{ path, value: name }] }];
  });
}
