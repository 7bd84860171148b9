// User ids from 1 to 9999, which belong to users of the node. 0 is run-as-root-user's finding.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";
import { contextFaults, isLowId } from "../../security-context-fields.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/low-user-id",
  severity: "low", // files and processes of the node's user with that number, after an escape
  since: "0.1.0",
  frameworks: ["nsa-cisa/non-root-containers"],
  references: ["systemd.io/UIDS-GIDS"],
  knownAs: { trivy: ["KSV-0020"], checkov: ["CKV_K8S_40"], kubeScore: ["container-security-context-user-group-id"] },
  isApplicable: ({ spec }) => spec.hostUsers !== false,
  find: (pod) => contextFaults(pod, "runAsUser", isLowId),
  text: {
    en: {
      title: "User id may belong to a user of the node",
      message: "Processes run as user {value}",
      risk: "After an escape the process has whatever the node's user with this number has.",
      fix: "Use an id above 9999, e.g. 10001.",
    },
    "zh-CN": {
      title: "用户 ID 可能属于节点上的用户",
      message: "进程以用户 {value} 运行",
      risk: "逃逸后，该进程拥有节点上同编号用户的全部权限。",
      fix: "使用大于 9999 的 ID，例如 10001。",
    },
  },
});
