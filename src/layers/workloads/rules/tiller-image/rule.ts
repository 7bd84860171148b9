// Tiller, the server of Helm 2: it does as it is told, mostly as cluster-admin, for whoever reaches its port.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { imageOf } from "../../container-image.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/tiller-image",
  severity: "high", // unauthenticated, and usually bound to cluster-admin
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security"],
  references: ["helm.sh/docs/faq/changes_since_helm2"],
  knownAs: { trivy: ["KSV-0102"], checkov: ["CKV_K8S_34"] },
  find: (view) => {
    const image = imageOf(view);
    return image !== undefined && /(?:^|\/)tiller$/.test(image.repository) ? { field: ["image"] } : undefined;
  },
  text: {
    en: {
      title: "Tiller is installed",
      message: "Container {name} runs Tiller: {value}",
      risk: "Any pod that reaches its port installs what it likes, usually as cluster-admin.",
      fix: "Remove Tiller, and use Helm 3 or newer.",
    },
    "zh-CN": {
      title: "安装了 Tiller",
      message: "容器 {name} 运行 Tiller：{value}",
      risk: "任何能访问其端口的 Pod 都可以随意安装资源，通常具有 cluster-admin 权限。",
      fix: "删除 Tiller，改用 Helm 3 或更高版本。",
    },
  },
});
