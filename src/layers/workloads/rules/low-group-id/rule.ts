// Group ids from 1 to 9999, which belong to groups of the node. 0 is root-group's finding.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";
import { contextFaults, isLowId } from "../../security-context-fields.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/low-group-id",
  severity: "low", // files of the node's group with that number, after an escape
  since: "0.1.0",
  frameworks: ["nsa-cisa/non-root-containers"],
  references: ["systemd.io/UIDS-GIDS"],
  knownAs: { trivy: ["KSV-0021"], kubeScore: ["container-security-context-user-group-id"] },
  isApplicable: ({ spec }) => spec.hostUsers !== false,
  find: (pod) => contextFaults(pod, "runAsGroup", isLowId),
  text: {
    en: {
      title: "Group id may belong to a group of the node",
      message: "Processes run with group {value}",
      risk: "After an escape the process has whatever the node's group with this number has: docker's, for instance.",
      fix: "Use an id above 9999, e.g. 10001.",
    },
    "zh-CN": {
      title: "组 ID 可能属于节点上的组",
      message: "进程以组 {value} 运行",
      risk: "逃逸后，该进程拥有节点上同编号组（例如 docker 组）的全部权限。",
      fix: "使用大于 9999 的 ID，例如 10001。",
    },
  },
});
