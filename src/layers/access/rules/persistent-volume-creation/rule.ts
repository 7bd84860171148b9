// CIS 5.1.9: creating PersistentVolumes.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/persistent-volume-creation",
  severity: "high", // a hostPath volume past Pod Security
  frameworks: ["cis-kubernetes/5.1.9"],
  references: ["pod-security-admission/policy/check_hostPathVolumes.go"],
  knownAs: { kubescape: ["C-0278"] },
  rights: [{ verbs: ["create"], apiGroup: "", resources: ["persistentvolumes"] }],
  isClusterScoped: true,
  text: {
    en: {
      title: "Role creates PersistentVolumes",
      message: "Creates PersistentVolumes; granted to {subjects}, namespaces {namespaces}",
      risk: "One of type hostPath mounts the node's files, and Pod Security does not look through claims.",
      fix: "Let a storage class provision volumes; people need PersistentVolumeClaims only.",
    },
    "zh-CN": {
      title: "Role 可创建 PersistentVolume",
      message: "可创建 PersistentVolume；授予 {subjects}，命名空间 {namespaces}",
      risk: "hostPath 类型的卷可挂载节点文件，而 Pod Security 不检查声明背后的卷。",
      fix: "由 StorageClass 供应卷；使用者只需 PersistentVolumeClaim。",
    },
  },
});
