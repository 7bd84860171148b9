// Pod Security Standards, baseline: hostNetwork of the host namespaces a pod may not share. Windows HostProcess pods have no
// other network (kubernetes/pkg/apis/core/validation refuses them without it); windows-host-process speaks of those.

import type { PodRule } from "../../../../verdicts/rule.ts";
import type { PodSubject } from "../../../../verdicts/pod-subject.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/host-network",
  severity: "high", // the node's traffic, its loopback services and its address, past every policy
  since: "0.1.0",
  check: "hostNamespaces",
  only: (offender, pod) => offender.path.at(-1) === "hostNetwork" && !isHostProcess(pod),
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.5", "nsa-cisa/pod-security"],
  references: [
    "pod-security-admission/policy/check_hostNamespaces.go",
    "kubernetes/pkg/apis/core/validation/validation.go#validateWindowsHostProcessPod",
  ],
  knownAs: {
    kubescape: ["C-0041", "C-0196", "C-0216"],
    trivy: ["KSV-0009"],
    kubeLinter: ["host-network"],
    polaris: ["hostNetworkSet"],
    checkov: ["CKV_K8S_19"],
  },
  text: {
    en: {
      title: "Pod uses the network of the node",
      message: "Pod shares the node's network",
      risk: "It sniffs and spoofs the node's traffic, reaches what listens on the node's loopback, and no NetworkPolicy confines it.",
      fix: "Remove hostNetwork, and expose the port through a Service.",
    },
    "zh-CN": {
      title: "Pod 使用节点网络",
      message: "Pod 共享节点的网络命名空间",
      risk: "可嗅探、伪造节点流量，可访问仅监听节点回环地址的服务，且不受 NetworkPolicy 约束。",
      fix: "删除 hostNetwork，改用 Service 暴露端口。",
    },
  },
});

function isHostProcess({ spec, containers }: PodSubject): boolean {
  if (spec.securityContext?.windowsOptions?.hostProcess === true) return true;
  return containers.some(({ container }) => container.securityContext?.windowsOptions?.hostProcess === true);
}
