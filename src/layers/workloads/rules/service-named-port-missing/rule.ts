// Service ports whose target is a name that no container of the selected pods gives to a port.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { orNone, namedWith } from "../../missing-reference-rule.ts";
import type { ServicePortFacts } from "../../references/details.ts";
import type { PodEntry } from "../../references/pod-index.ts";
import { similarNames } from "../../references/similar-names.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/service-named-port-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["Service", "pod templates"],
  frameworks: [],
  references: [
    "kubernetes/pkg/api/v1/pod/util.go",
    "kubernetes/pkg/controller/endpointslice/endpointslice_controller.go",
  ],
  *judge(relations): Iterable<Judgement> {
    for (const service of relations.ofRole("service")) {
      const named = service.detail.ports.filter((port): port is NamedTarget => typeof port.target === "string");
      const selector = { matchLabels: service.detail.selector ?? {} };
      const isSelecting = Object.keys(selector.matchLabels).length > 0;
      const pods = isSelecting ? relations.pods.select(service.resource.id.namespace, selector) : [];
      const isDecidable = named.length > 0 && pods.length > 0;
      yield {
        resource: service.resource,
        outcomes: isDecidable ? named.flatMap((port) => judge(port, pods)) : NOT_APPLICABLE,
      };
    }
  },
  text: {
    en: {
      title: "Service port leads to a container port that does not exist",
      message: "No selected pod names a {protocol} port {target} (named: {known})",
      risk: "Clients get no answer on this port.",
      fix: "Name the container port so, or correct targetPort.",
    },
    "zh-CN": {
      title: "Service 端口指向不存在的容器端口",
      message: "所选 Pod 都没有名为 {target} 的 {protocol} 端口（已命名：{known}）",
      risk: "客户端在该端口上得不到响应。",
      fix: "为容器端口取此名称，或更正 targetPort。",
    },
  },
});

type NamedTarget = ServicePortFacts & { readonly target: string };

function judge({ index, target, protocol }: NamedTarget, pods: readonly PodEntry[]): readonly Outcome[] {
  const ports = pods.flatMap(({ pod }) => pod.ports);
  if (ports.some((port) => port.name === target && port.protocol === protocol)) return PASS;
  const names = [...new Set(ports.map(({ name }) => name).filter((name) => name !== ""))];
  const values = { ...namedWith(target, similarNames(target, names)), target, protocol, known: orNone(names) };
  const evidence = [{ path: ["spec", "ports", index, "targetPort"], value: target }];
  return [{ kind: "fail", key: target, arguments: values, evidence }];
}
