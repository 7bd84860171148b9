// Controllers whose selector does not select their own pods: the API server refuses them.

import { labelSelector, matchSelector } from "../../../../kubernetes/label-selector.ts";
import { map, object, string } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { objectShapeRule } from "../../object-rule.ts";
import { textOf } from "../../references/selector-text.ts";

const template = object({ metadata: object({ labels: map(string) }) });

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/selector-does-not-match-template",
  severity: "medium",
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/apis/apps/validation/validation.go"],
  knownAs: {
    kubescape: ["C-0296"],
    kubeLinter: ["mismatching-selector"],
    kubeScore: [
      "deployment-pod-selector-labels-match-template-metadata-labels",
      "statefulset-pod-selector-labels-match-template-metadata-labels",
    ],
  },
  targets: [
    "apps/Deployment",
    "apps/StatefulSet",
    "apps/DaemonSet",
    "apps/ReplicaSet",
    "extensions/Deployment",
    "extensions/DaemonSet",
    "extensions/ReplicaSet",
    "argoproj.io/Rollout",
    "apps.kruise.io/CloneSet",
    "apps.kruise.io/StatefulSet",
  ],
  shape: object({ spec: object({ selector: labelSelector, template }) }),
  // Old versions take an absent selector from the template; apps/v1 refuses it before anything else is asked.
  isApplicable: ({ spec }) => spec?.selector != null && spec.template != null,
  find: ({ spec }) =>
    matchSelector(spec?.selector, spec?.template?.metadata?.labels) === "no-match"
      ? { field: ["spec", "selector"], shown: textOf(spec?.selector ?? {}) }
      : undefined,
  text: {
    en: {
      title: "Selector does not match the pod template",
      message: "The template does not have the labels {value}",
      risk: "The API server refuses the object: the release stops, and what ran before runs on.",
      fix: "Give the template every label of the selector.",
    },
    "zh-CN": {
      title: "选择器与 Pod 模板不匹配",
      message: "Pod 模板没有标签 {value}",
      risk: "API 服务器会拒绝该对象：发布中断，旧版本继续运行。",
      fix: "让模板带有选择器中的全部标签。",
    },
  },
});
