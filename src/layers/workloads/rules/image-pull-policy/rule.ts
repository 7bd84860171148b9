// imagePullPolicy other than Always: the node runs what it has cached without asking the registry whether this pod may.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { imageOf } from "../../container-image.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/image-pull-policy",
  severity: "low", // another tenant's private image, once it is cached on the node
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/apis/core/v1/defaults.go", "kubernetes/plugin/pkg/admission/alwayspullimages"],
  find: (view) => {
    const image = imageOf(view);
    if (image === undefined) return undefined;
    const assumed = image.digest === undefined && (image.tag ?? "latest") === "latest" ? "Always" : "IfNotPresent";
    return (view.container.imagePullPolicy || assumed) === "Always"
      ? undefined
      : { field: ["imagePullPolicy"], assumed };
  },
  knownAs: { polaris: ["pullPolicyNotAlways"], checkov: ["CKV_K8S_15"], kubeScore: ["container-image-pull-policy"] },
  text: {
    en: {
      title: "Image may be used without asking the registry",
      message: "Container {name} does not always ask the registry for its image",
      risk: "A pod without the registry's credentials runs a private image that another pod pulled to the node.",
      fix: "Set imagePullPolicy to Always; unchanged layers are not pulled again.",
    },
    "zh-CN": {
      title: "镜像可能未经仓库授权就被使用",
      message: "容器 {name} 并非每次都向镜像仓库验证镜像",
      risk: "没有仓库凭据的 Pod 可以运行其他 Pod 拉取到该节点的私有镜像。",
      fix: "将 imagePullPolicy 设为 Always；未变化的层不会重复拉取。",
    },
  },
});
