// The ingress-nginx controller of the Kubernetes project, retired in March 2026: no further releases or security fixes.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { imageOf } from "../../container-image.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/ingress-nginx-retired",
  severity: "high", // the next flaw in a component that faces the internet stays open
  since: "0.1.0",
  frameworks: ["nsa-cisa/secure-images"],
  references: ["kubernetes.io/blog/2025/11/11/ingress-nginx-retirement"],
  knownAs: { kubescape: ["C-0292"] },
  find: (view) => {
    const image = imageOf(view);
    return image !== undefined &&
      /(?:^|\/)(?:ingress-nginx\/controller|kubernetes-ingress-controller\/nginx-ingress-controller)$/.test(
        image.repository,
      )
      ? { field: ["image"] }
      : undefined;
  },
  text: {
    en: {
      title: "Ingress controller is out of maintenance",
      message: "Container {name} runs ingress-nginx, which is retired: {value}",
      risk: "It faces the internet, reads every TLS key of its Ingresses, and gets no more security fixes.",
      fix: "Move to a maintained controller, best one for the Gateway API.",
    },
    "zh-CN": {
      title: "Ingress 控制器已停止维护",
      message: "容器 {name} 运行已停止维护的 ingress-nginx：{value}",
      risk: "它直接面向互联网，能读取所有 Ingress 的 TLS 私钥，却不再获得安全修复。",
      fix: "迁移到仍在维护的控制器，最好支持 Gateway API。",
    },
  },
});
