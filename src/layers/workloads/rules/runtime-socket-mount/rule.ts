// The socket of the container runtime, or the directory it is in, mounted from the node.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { classOfVolume, shownNodePath } from "../../node-path.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/runtime-socket-mount",
  severity: "critical", // starts any container on the node, privileged ones included
  since: "0.1.0",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.11", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_hostPathVolumes.go"],
  knownAs: {
    kubescape: ["C-0048", "C-0074", "C-0203"],
    trivy: ["KSV-0006", "KSV-0023"],
    kubeLinter: ["docker-sock"],
    polaris: ["hostPathSet"],
    checkov: ["CKV_K8S_27"],
  },
  check: "hostPathVolumes",
  only: (offender, pod) => classOfVolume(pod, offender) === "runtime-socket",
  shown: shownNodePath,
  text: {
    en: {
      title: "Container runtime socket is mounted",
      message: "Volume {name} mounts the container runtime's socket: {value}",
      risk: "Whoever may write to it starts a privileged container on the node: with it the node is lost.",
      fix: "Remove the volume; ask the Kubernetes API, or build images without a daemon.",
    },
    "zh-CN": {
      title: "挂载了容器运行时的 socket",
      message: "存储卷 {name} 挂载了容器运行时的 socket：{value}",
      risk: "能写入该 socket 就能在节点上启动特权容器：攻破它就等于攻破节点。",
      fix: "删除该存储卷；改用 Kubernetes API，或使用无需守护进程的镜像构建工具。",
    },
  },
});
