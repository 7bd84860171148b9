// Pod Security Standards, baseline since v1.34: probes and lifecycle handlers that name a host make the kubelet call it.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/probe-host",
  severity: "low", // blind requests from the node's network, on the schedule of a probe
  since: "0.1.0",
  check: "hostProbesAndHostLifecycle",
  frameworks: ["pod-security-standards/baseline"],
  references: ["pod-security-admission/policy/check_hostProbesAndhostLifecycle.go", "KEP-4940"],
  text: {
    en: {
      title: "Probe or lifecycle handler names a host",
      message: "Container {name} makes the kubelet call {value}",
      risk: "Whoever may create pods makes every kubelet send requests into the node's network.",
      fix: "Remove host: without it the kubelet calls the pod.",
    },
    "zh-CN": {
      title: "探针或生命周期钩子指定了 host",
      message: "容器 {name} 使 kubelet 访问 {value}",
      risk: "能创建 Pod 的人可以让 kubelet 向节点网络发送请求。",
      fix: "删除 host：不设置时 kubelet 访问 Pod 自身。",
    },
  },
});
