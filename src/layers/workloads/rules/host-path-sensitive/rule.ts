// A directory that the node runs from or keeps its secrets in, mounted where some container may write to it.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { classOfVolume, shownNodePath } from "../../node-path.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/host-path-sensitive",
  severity: "critical", // writes a file there that the node runs as root
  since: "0.1.0",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.11", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_hostPathVolumes.go"],
  knownAs: {
    kubescape: ["C-0045", "C-0048", "C-0203"],
    trivy: ["KSV-0023", "KSV-0121"],
    kubeLinter: ["sensitive-host-mounts", "writable-host-mount"],
    polaris: ["hostPathSet"],
  },
  check: "hostPathVolumes",
  only: (offender, pod) => classOfVolume(pod, offender) === "sensitive",
  shown: shownNodePath,
  text: {
    en: {
      title: "System directory of the node is mounted writable",
      message: "Volume {name} mounts {value} of the node, writable",
      risk: "Whoever writes there runs code as root on the node: with it the node is lost.",
      fix: "Remove the volume, or mount the one file that is needed with readOnly: true.",
    },
    "zh-CN": {
      title: "可写挂载了节点的系统目录",
      message: "存储卷 {name} 以可写方式挂载了节点上的 {value}",
      risk: "能写入这些目录就能在节点上以 root 身份执行代码：攻破它就等于攻破节点。",
      fix: "删除该存储卷，或只挂载所需文件并设置 readOnly: true。",
    },
  },
});
