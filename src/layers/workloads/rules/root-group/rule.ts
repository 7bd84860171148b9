// Group 0 as primary group, as group of volumes, or as supplemental group.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";
import { contextFaults } from "../../security-context-fields.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/root-group",
  severity: "low", // what root's group may read or write in the image, in volumes, and on the node
  since: "0.1.0",
  frameworks: ["nsa-cisa/non-root-containers"],
  references: ["k8s.io/api/core/v1/types.go#PodSecurityContext"],
  knownAs: { trivy: ["KSV-0029", "KSV-0116"] },
  find: (pod) => {
    const { fsGroup, supplementalGroups } = pod.spec.securityContext ?? {};
    const at = ["spec", "securityContext"];
    return [
      ...contextFaults(pod, "runAsGroup", (group) => group === 0),
      ...(fsGroup === 0 ? [{ field: [...at, "fsGroup"] }] : []),
      ...(supplementalGroups ?? []).flatMap((group, index) =>
        group === 0 ? [{ field: [...at, "supplementalGroups", index] }] : [],
      ),
    ];
  },
  text: {
    en: {
      title: "Processes belong to root's group",
      message: "Processes have group 0",
      risk: "They may read and write what belongs to root's group: much of an image, and after an escape of the node.",
      fix: "Set runAsGroup and fsGroup to another id, e.g. 10001, and remove 0 from supplementalGroups.",
    },
    "zh-CN": {
      title: "进程属于 root 组",
      message: "进程拥有组 0",
      risk: "可读写属于 root 组的内容：镜像中的许多文件，逃逸后还包括节点上的文件。",
      fix: "将 runAsGroup 和 fsGroup 设为其他 ID（如 10001），并从 supplementalGroups 中删除 0。",
    },
  },
});
