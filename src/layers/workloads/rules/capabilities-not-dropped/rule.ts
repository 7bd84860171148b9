// Pod Security Standards, restricted since v1.22: drop ALL, add back at most NET_BIND_SERVICE. What baseline refuses to add
// is added-capabilities' finding.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/capabilities-not-dropped",
  severity: "medium", // what is left (NET_RAW, SETUID, MKNOD, …) helps an attack along, but is no way out by itself
  since: "0.1.0",
  check: "capabilities_restricted",
  beyond: "capabilities_baseline",
  frameworks: [
    "pod-security-standards/restricted",
    "cis-kubernetes/5.2.8",
    "cis-kubernetes/5.2.9",
    "nsa-cisa/pod-security",
  ],
  references: ["pod-security-admission/policy/check_capabilities_restricted.go"],
  knownAs: {
    kubescape: ["C-0055", "C-0199", "C-0201", "C-0220"],
    trivy: ["KSV-0003", "KSV-0004", "KSV-0106"],
    kubeLinter: ["drop-net-raw-capability"],
    polaris: ["insecureCapabilities", "linuxHardening"],
    checkov: ["CKV_K8S_28", "CKV_K8S_37"],
  },
  text: {
    en: {
      title: "Capabilities are not dropped",
      message: "Container {name} keeps more capabilities than NET_BIND_SERVICE",
      risk: "It keeps what the runtime gives by default: raw sockets, changing users and owners, device nodes.",
      fix: "Set capabilities.drop to [ALL], and add back at most NET_BIND_SERVICE.",
    },
    "zh-CN": {
      title: "未移除 capability",
      message: "容器 {name} 保留了 NET_BIND_SERVICE 以外的 capability",
      risk: "容器保留了运行时默认授予的能力：原始套接字、切换用户与属主、创建设备节点。",
      fix: "将 capabilities.drop 设为 [ALL]，最多只加回 NET_BIND_SERVICE。",
    },
  },
});
