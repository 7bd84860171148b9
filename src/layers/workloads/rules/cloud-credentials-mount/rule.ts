// Files in which cloud command lines and providers keep credentials, mounted from the node.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { classOfVolume, shownNodePath } from "../../node-path.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/cloud-credentials-mount",
  severity: "high", // what the node's or an administrator's cloud account may do
  since: "0.1.0",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.11", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_hostPathVolumes.go"],
  knownAs: { kubescape: ["C-0020", "C-0048", "C-0203"], trivy: ["KSV-0023"], polaris: ["hostPathSet"] },
  check: "hostPathVolumes",
  only: (offender, pod) => classOfVolume(pod, offender) === "cloud-credentials",
  shown: shownNodePath,
  text: {
    en: {
      title: "Cloud credentials of the node are mounted",
      message: "Volume {name} mounts cloud credentials of the node: {value}",
      risk: "Whoever reads them acts as that cloud account, far beyond the cluster.",
      fix: "Remove the volume; give the service account a cloud identity of its own.",
    },
    "zh-CN": {
      title: "挂载了节点上的云凭据",
      message: "存储卷 {name} 挂载了节点上的云凭据：{value}",
      risk: "读取到凭据的人即可使用该云账号，影响远超集群范围。",
      fix: "删除该存储卷，为 ServiceAccount 配置独立的云身份。",
    },
  },
});
