// A label on the pods that says which program they are.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/name-label-missing",
  severity: "low", // time: the pods of one program cannot be told from others
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes.io/docs/concepts/overview/working-with-objects/common-labels"],
  knownAs: { kubescape: ["C-0076", "C-0077"] },
  find: ({ template }) => {
    const labels = template.metadata?.labels;
    return NAMES.some((name) => (labels?.[name] ?? "") !== "") ? undefined : { field: ["metadata", "labels"] };
  },
  text: {
    en: {
      title: "Pods do not say which program they are",
      message: "Pods have no label that names their program",
      risk: "Policies, Services and dashboards cannot select them, and logs cannot be told apart.",
      fix: "Label the pods with app.kubernetes.io/name.",
    },
    "zh-CN": {
      title: "Pod 未标明所属程序",
      message: "Pod 没有标明程序名称的标签",
      risk: "策略、Service 和监控面板无法选中它们，日志也无法区分。",
      fix: "为 Pod 添加标签 app.kubernetes.io/name。",
    },
  },
});

const NAMES = ["app.kubernetes.io/name", "app", "k8s-app", "name", "component", "run"] as const;
