// Node selectors by labels that were renamed, or that nodes do not have any more.

import { valueAt, type Path } from "../../../../kubernetes/path.ts";
import type { PodSpec } from "../../../../kubernetes/pod.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

const REPLACEMENTS: Readonly<Record<string, string>> = {
  "beta.kubernetes.io/arch": "kubernetes.io/arch",
  "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
  "beta.kubernetes.io/os": "kubernetes.io/os",
  "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
  "kubernetes.io/role": "node-role.kubernetes.io/ROLE",
  // kubeadm sets it no longer since 1.24 (KEP-2067).
  "node-role.kubernetes.io/master": "node-role.kubernetes.io/control-plane",
};

const REQUIRED: Path = [
  "affinity",
  "nodeAffinity",
  "requiredDuringSchedulingIgnoredDuringExecution",
  "nodeSelectorTerms",
];

export const rule: PodRule = podFieldRule({
  id: "workloads/deprecated-node-label",
  severity: "low",
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/staging/src/k8s.io/api/core/v1/well_known_labels.go", "KEP-2067"],
  find: ({ spec }) =>
    labelsAsked(spec).flatMap(([key, path]): readonly Fault[] => {
      const replacement = Object.hasOwn(REPLACEMENTS, key) ? REPLACEMENTS[key] : undefined;
      return replacement === undefined ? [] : [{ field: ["spec", ...path], element: key, shown: replacement }];
    }),
  text: {
    en: {
      title: "Node is selected by an old label",
      message: "Node label {name} is old; use {value}",
      risk: "Where nodes no longer have it the pod is never scheduled: a node agent that guards them is missing.",
      fix: "Use the label that replaces it.",
    },
    "zh-CN": {
      title: "使用了旧的节点标签",
      message: "节点标签 {name} 已过时；请改用 {value}",
      risk: "节点不再带有该标签时 Pod 无法被调度：守护节点的代理也会缺失。",
      fix: "改用替代它的标签。",
    },
  },
});

/** Labels of nodes that the pod insists on, with the fields that name them. */
function labelsAsked(spec: PodSpec): readonly (readonly [string, Path])[] {
  const found: (readonly [string, Path])[] = Object.keys(spec.nodeSelector ?? {}).map((key) => [
    key,
    ["nodeSelector", key],
  ]);
  listAt(spec, REQUIRED).forEach((term, termIndex) => {
    listAt(term, ["matchExpressions"]).forEach((expression, index) => {
      const key = valueAt(expression, ["key"]);
      if (typeof key === "string") found.push([key, [...REQUIRED, termIndex, "matchExpressions", index, "key"]]);
    });
  });
  return found;
}

function listAt(value: unknown, path: Path): readonly unknown[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list : [];
}
