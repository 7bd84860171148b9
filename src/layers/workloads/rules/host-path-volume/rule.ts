// Pod Security Standards, baseline: a hostPath volume is a directory or file of the node. Paths that give the node away
// are runtime-socket-mount's, cloud-credentials-mount's and host-path-sensitive's findings.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { classOfVolume, shownNodePath } from "../../node-path.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/host-path-volume",
  severity: "high", // what is readable or writable there belongs to the node, not to the pod
  since: "0.1.0",
  check: "hostPathVolumes",
  only: (offender, pod) => classOfVolume(pod, offender) === "other",
  shown: shownNodePath,
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.11", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_hostPathVolumes.go"],
  knownAs: {
    kubescape: ["C-0045", "C-0048", "C-0203"],
    trivy: ["KSV-0023"],
    kubeLinter: ["writable-host-mount"],
    polaris: ["hostPathSet"],
  },
  text: {
    en: {
      title: "Volume mounts a path of the node",
      message: "Volume {name} mounts {value} of the node",
      risk: "What the node keeps there can be read, and unless the mount is read-only, changed: a way out of the container.",
      fix: "Use an emptyDir, a ConfigMap or a PersistentVolumeClaim instead of the hostPath.",
    },
    "zh-CN": {
      title: "存储卷挂载了节点路径",
      message: "存储卷 {name} 挂载了节点上的 {value}",
      risk: "可读取节点在该路径下的数据；若挂载可写，还能篡改数据，从而逃出容器。",
      fix: "改用 emptyDir、ConfigMap 或 PersistentVolumeClaim，不要使用 hostPath。",
    },
  },
});
