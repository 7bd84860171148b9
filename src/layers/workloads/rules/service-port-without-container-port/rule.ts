// Service ports whose number no container declares, where every container declares some.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { orNone } from "../../missing-reference-rule.ts";
import type { ServicePortFacts } from "../../references/details.ts";
import type { PodEntry } from "../../references/pod-index.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/service-port-without-container-port",
  severity: "low",
  since: "0.1.0",
  reads: ["Service", "pod templates"],
  frameworks: [],
  references: ["kubernetes/pkg/apis/core/types.go"],
  *judge(relations): Iterable<Judgement> {
    for (const service of relations.ofRole("service")) {
      const { detail, resource } = service;
      const numbered = detail.isHeadless
        ? []
        : detail.ports.filter((port): port is NumberedTarget => typeof port.target === "number");
      const selector = { matchLabels: detail.selector ?? {} };
      const isSelecting = Object.keys(selector.matchLabels).length > 0;
      const pods = isSelecting ? relations.pods.select(resource.id.namespace, selector) : [];
      const isDecidable =
        numbered.length > 0 && pods.length > 0 && pods.every(({ pod }) => pod.isEachContainerWithPorts);
      yield { resource, outcomes: isDecidable ? numbered.flatMap((port) => judge(port, pods)) : NOT_APPLICABLE };
    }
  },
  text: {
    en: {
      title: "Service port leads to a port no container declares",
      message: "No container of the selected pods declares {protocol} port {target} (declared: {known})",
      risk: "Where nothing listens there, clients get no answer.",
      fix: "Correct targetPort, or declare the port in the container.",
    },
    "zh-CN": {
      title: "Service 端口指向容器未声明的端口",
      message: "所选 Pod 的容器都没有声明 {protocol} 端口 {target}（已声明：{known}）",
      risk: "如果没有进程监听该端口，客户端将得不到响应。",
      fix: "更正 targetPort，或在容器中声明该端口。",
    },
  },
});

type NumberedTarget = ServicePortFacts & { readonly target: number };

function judge({ index, target, protocol, hasTarget }: NumberedTarget, pods: readonly PodEntry[]): readonly Outcome[] {
  const ports = pods.flatMap(({ pod }) => pod.ports);
  if (ports.some((port) => port.number === target && port.protocol === protocol)) return PASS;
  const known = orNone([...new Set(ports.map(({ number }) => String(number)))]);
  const evidence = [{ path: ["spec", "ports", index, hasTarget ? "targetPort" : "port"], value: target }];
  return [
    { kind: "fail", key: String(target), arguments: { name: String(target), target, protocol, known }, evidence },
  ];
}
