// Pod Security Standards, https://kubernetes.io/docs/concepts/security/pod-security-standards/ (privileged demands nothing).

import type { Framework } from "./framework.ts";

export const podSecurityStandards: Framework = {
  id: "pod-security-standards",
  title: { en: "Pod Security Standards", "zh-CN": "Pod 安全标准" },
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  requirements: [
    {
      id: "baseline",
      title: {
        en: "No known way from a pod to its node",
        "zh-CN": "Pod 没有已知的途径到达所在节点",
      },
    },
    {
      id: "restricted",
      title: {
        en: "Hardened pods: baseline, and no more rights than they need",
        "zh-CN": "加固的 Pod：满足 baseline，且只有必需的权限",
      },
      includes: ["baseline"],
    },
  ],
};
