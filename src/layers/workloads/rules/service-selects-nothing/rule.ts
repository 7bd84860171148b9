// Services whose selector no pod of the namespace meets.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { DetailedEntry, Relations } from "../../references/relations.ts";
import { isSystemNamespace } from "../../references/well-known.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/service-selects-nothing",
  severity: "medium",
  since: "0.1.0",
  reads: ["Service", "pod templates"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/endpointslice/endpointslice_controller.go"],
  knownAs: { kubescape: ["C-0293"], kubeLinter: ["dangling-service"], kubeScore: ["service-targets-pod"] },
  *judge(relations): Iterable<Judgement> {
    for (const service of relations.ofRole("service"))
      yield { resource: service.resource, outcomes: judge(service, relations) };
  },
  text: {
    en: {
      title: "Service selects no pod of the input",
      message: "No pod or pod template of namespace {namespace} has the labels {selector}",
      risk: "Clients get no answer; whoever may create a pod with these labels answers for the Service.",
      fix: "Make the selector match the labels of the pod template.",
    },
    "zh-CN": {
      title: "Service 未选中输入中的任何 Pod",
      message: "命名空间 {namespace} 中没有带标签 {selector} 的 Pod 或 Pod 模板",
      risk: "客户端得不到响应；谁能创建带这些标签的 Pod，谁就能冒充该 Service 应答。",
      fix: "让选择器与 Pod 模板的标签一致。",
    },
  },
});

function judge({ resource, detail }: DetailedEntry<"service">, relations: Relations): readonly Outcome[] {
  const { namespace } = resource.id;
  const pairs = Object.entries(detail.selector ?? {});
  const selector = { matchLabels: detail.selector ?? {} };
  const pods = relations.pods.in(namespace);
  const isDecidable =
    pods.length > 0 && !isSystemNamespace(namespace) && !relations.pods.isUndecidable(namespace, selector);
  if (pairs.length === 0 || detail.type === "ExternalName" || !isDecidable) return NOT_APPLICABLE;
  if (relations.pods.select(namespace, selector).length > 0) return PASS;
  const unknown = pairs.filter(([key, value]) => !pods.some(({ pod }) => (pod.labels?.[key] ?? "") === (value ?? "")));
  const name = textOf(unknown.length > 0 ? unknown : pairs);
  const evidence = [{ path: ["spec", "selector"], value: detail.selector }];
  return [{ kind: "fail", key: "", arguments: { name, selector: textOf(pairs), namespace }, evidence }];
}

function textOf(pairs: readonly (readonly [string, string | null])[]): string {
  return pairs.map(([key, value]) => `${key}=${value ?? ""}`).join(",");
}
