// StatefulSets whose Service balances instead of naming each pod.

import { NOT_APPLICABLE, PASS } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { SERVICE } from "../../references/reference.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/stateful-set-service-not-headless",
  severity: "low",
  since: "0.1.0",
  reads: ["StatefulSet", "Service"],
  frameworks: [],
  references: ["kubernetes/pkg/apis/apps/types.go"],
  *judge(relations): Iterable<Judgement> {
    for (const { entry, reference } of relations.referencesTo(SERVICE)) {
      if (reference.path.at(-1) !== "serviceName" || reference.port !== undefined) continue;
      const detail = relations.inventory.get(SERVICE, reference.namespace, reference.name, entry.resource)?.facts
        .detail;
      if (detail?.role !== "service") yield { resource: entry.resource, outcomes: NOT_APPLICABLE };
      else if (detail.isHeadless) yield { resource: entry.resource, outcomes: PASS };
      else {
        const { name, path } = reference;
        const evidence = [{ path, value: name }];
        yield {
          resource: entry.resource,
          outcomes: [{ kind: "fail", key: "", arguments: { name, type: detail.type }, evidence }],
        };
      }
    }
  },
  text: {
    en: {
      title: "Service of a StatefulSet is not headless",
      message: "Service {name} has a cluster IP ({type}), so pods get no names of their own",
      risk: "Clients that need one member are balanced to any, also to a replica that must not be written to.",
      fix: "Name a Service with clusterIP: None, and keep the other for clients.",
    },
    "zh-CN": {
      title: "StatefulSet 的 Service 不是无头服务",
      message: "Service {name} 有集群 IP（{type}），因此各 Pod 没有自己的 DNS 名称",
      risk: "需要访问特定成员的客户端会被分配到任意副本，包括不可写的副本。",
      fix: "改用 clusterIP: None 的 Service，原来的 Service 留给客户端。",
    },
  },
});
