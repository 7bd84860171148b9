// Workloads whose selector takes in the pods of another workload of the namespace.

import { PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { LabelSelector } from "../../../../kubernetes/label-selector.ts";
import { isSelected } from "../../references/pod-index.ts";
import type { DetailedEntry, Relations } from "../../references/relations.ts";
import { textOf } from "../../references/selector-text.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/selectors-overlap",
  severity: "low",
  since: "0.1.0",
  reads: ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/controller_ref_manager.go"],
  *judge(relations): Iterable<Judgement> {
    for (const controller of relations.ofRole("controller")) {
      const { selector } = controller.detail;
      if (selector === undefined || !isOwnSelector(controller)) continue;
      yield { resource: controller.resource, outcomes: judge(controller, selector, relations) };
    }
  },
  text: {
    en: {
      title: "Selector selects pods of another workload",
      message: "{selector} selects the pods of {others} too",
      risk: "Each counts the other's pods: autoscalers and budgets decide on wrong numbers, and orphans are adopted.",
      fix: "Give each workload a label of its own and select by it.",
    },
    "zh-CN": {
      title: "选择器选中了其他工作负载的 Pod",
      message: "{selector} 也会选中 {others} 的 Pod",
      risk: "两者会把对方的 Pod 计入自己：自动扩缩器和中断预算依据错误的数量做决定，孤立的 Pod 会被错误接管。",
      fix: "为每个工作负载设置独有的标签，并以它作为选择器。",
    },
  },
});

/** Whether it selects its own pods; if not, that is selector-does-not-match-template's. */
function isOwnSelector({ resource, facts, detail }: DetailedEntry<"controller">): boolean {
  return facts.pods.some((pod) => isSelected({ resource, kind: facts.kind, pod }, detail.selector ?? {}));
}

function judge(
  { resource, facts }: DetailedEntry<"controller">,
  selector: LabelSelector,
  relations: Relations,
): readonly Outcome[] {
  const others = new Set<string>();
  for (const entry of relations.pods.select(resource.id.namespace, selector)) {
    const isController = entry.facts.detail?.role === "controller";
    const isItself = entry.kind === facts.kind && entry.resource.id.name === resource.id.name;
    if (isController && !isItself && !relations.isMade(entry))
      others.add(`${entry.resource.id.kind}/${entry.resource.id.name}`);
  }
  if (others.size === 0) return PASS;
  const name = [...others].join(", ");
  const evidence = [{ path: ["spec", "selector"], value: selector }];
  return [{ kind: "fail", key: "", arguments: { name, others: name, selector: textOf(selector) }, evidence }];
}
