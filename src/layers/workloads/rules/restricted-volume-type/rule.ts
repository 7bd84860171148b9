// Pod Security Standards, restricted: volumes of other types than those a namespace's user may safely ask for. hostPath is
// host-path-volume's finding.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/restricted-volume-type",
  severity: "low", // data of a storage system by its address, past quotas and claims; not the node
  since: "0.1.0",
  check: "restrictedVolumes",
  beyond: "hostPathVolumes",
  shown: ({ path }) => String(path.at(-1)),
  frameworks: ["pod-security-standards/restricted", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_restrictedVolumes.go"],
  knownAs: { trivy: ["KSV-0028"] },
  text: {
    en: {
      title: "Volume type addresses storage directly",
      message: "Volume {name} is of type {value}",
      risk: "The pod's author chooses server and path of the storage, past claims, quotas and whoever runs it.",
      fix: "Use a PersistentVolumeClaim, or one of the ephemeral types.",
    },
    "zh-CN": {
      title: "存储卷类型直接访问存储系统",
      message: "存储卷 {name} 的类型为 {value}",
      risk: "Pod 的编写者可自行指定存储服务器和路径，绕过 PersistentVolumeClaim、配额和存储管理员。",
      fix: "改用 PersistentVolumeClaim 或临时存储卷类型。",
    },
  },
});
