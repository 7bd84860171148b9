// Pod Security Standards, baseline: a Windows HostProcess container runs on the node, not in a container.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/windows-host-process",
  severity: "critical", // a process on the node itself, with the rights of the account it names
  since: "0.1.0",
  check: "windowsHostProcess",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.10", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_windowsHostProcess.go", "KEP-1981"],
  knownAs: { kubescape: ["C-0202", "C-0211"], trivy: ["KSV-0103"], polaris: ["hostProcess"] },
  text: {
    en: {
      title: "Container is a Windows HostProcess",
      message: "{containers|Container |Pod}{name} runs as a Windows HostProcess",
      risk: "It is a process of the node, usually as SYSTEM: with it the node is lost.",
      fix: "Remove windowsOptions.hostProcess and hostNetwork.",
    },
    "zh-CN": {
      title: "容器以 Windows HostProcess 方式运行",
      message: "{containers|容器 |Pod}{name} 以 Windows HostProcess 方式运行",
      risk: "它就是节点上的进程，通常以 SYSTEM 身份运行：攻破它就等于攻破节点。",
      fix: "删除 windowsOptions.hostProcess 和 hostNetwork。",
    },
  },
});
