// Registries of the Kubernetes project that are frozen: k8s.gcr.io since April 2023, the google-containers projects before.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { imageOf } from "../../container-image.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/image-registry-deprecated",
  severity: "medium", // nothing new is published there, fixes included; the name could change hands
  since: "0.1.0",
  frameworks: ["nsa-cisa/secure-images"],
  references: ["kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement"],
  knownAs: { kubescape: ["C-0253"] },
  find: (view) => {
    const image = imageOf(view);
    return image !== undefined && FROZEN.test(`${image.registry}/${image.repository}`)
      ? { field: ["image"] }
      : undefined;
  },
  text: {
    en: {
      title: "Image comes from a frozen registry",
      message: "Container {name} runs {value}, from a frozen registry",
      risk: "No security fix is published there any more, and the registry may go away.",
      fix: "Use registry.k8s.io, with the same path and a current version.",
    },
    "zh-CN": {
      title: "镜像来自已冻结的仓库",
      message: "容器 {name} 运行的 {value} 来自已冻结的镜像仓库",
      risk: "该仓库不再发布安全修复，并且随时可能下线。",
      fix: "改用 registry.k8s.io，路径相同，并使用当前版本。",
    },
  },
});

const FROZEN = /^(?:(?:[a-z]+\.)?k8s\.gcr\.io|(?:[a-z]+\.)?gcr\.io\/google[-_]containers)\//;
