// An image without a registry is looked up where each node's runtime is configured to look, Docker Hub in most.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { imageOf } from "../../container-image.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/image-registry-implicit",
  severity: "low", // a name that another registry, or another owner on Docker Hub, can claim
  since: "0.1.0",
  frameworks: ["nsa-cisa/secure-images"],
  references: ["github.com/distribution/reference/normalize.go"],
  find: (view) => {
    const image = imageOf(view);
    return image !== undefined && image.registry === undefined ? { field: ["image"] } : undefined;
  },
  text: {
    en: {
      title: "Image names no registry",
      message: "Container {name} runs {value}, from whatever registry the node prefers",
      risk: "A name nobody owns on that registry can be registered by an attacker.",
      fix: "Write the registry out, best your own: registry.example.com/shop/cart",
    },
    "zh-CN": {
      title: "镜像未指定仓库",
      message: "容器 {name} 运行的 {value} 取决于节点的默认镜像仓库",
      risk: "若该仓库上没有人拥有这个名称，攻击者可以抢先注册。",
      fix: "写明镜像仓库，最好是自己的：registry.example.com/shop/cart",
    },
  },
});
