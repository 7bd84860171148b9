// Pod Security Standards, baseline: a host port listens on the address of the node.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/host-port",
  severity: "medium", // reached from wherever the node is reached, past Services and often past policies
  since: "0.1.0",
  check: "hostPorts",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.12", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_hostPorts.go"],
  knownAs: { kubescape: ["C-0044", "C-0204"], trivy: ["KSV-0024"], polaris: ["hostPortSet"], checkov: ["CKV_K8S_26"] },
  text: {
    en: {
      title: "Container takes a port of the node",
      message: "Container {name} takes port {value} of the node",
      risk: "Whoever reaches the node reaches the container, and only one such pod fits on a node.",
      fix: "Remove hostPort, and expose the port through a Service.",
    },
    "zh-CN": {
      title: "容器占用节点端口",
      message: "容器 {name} 占用节点端口 {value}",
      risk: "能访问节点就能访问该容器，而且每个节点只能运行一个这样的 Pod。",
      fix: "删除 hostPort，改用 Service 暴露端口。",
    },
  },
});
