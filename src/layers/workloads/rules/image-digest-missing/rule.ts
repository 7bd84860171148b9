// A tag without a digest can be moved to another image.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { imageOf } from "../../container-image.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/image-digest-missing",
  severity: "low", // needs the right to move a tag in the registry
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.5.1", "nsa-cisa/secure-images"],
  references: ["github.com/opencontainers/image-spec/descriptor.md#digests"],
  knownAs: { kubescape: ["C-0306"], checkov: ["CKV_K8S_43"] },
  find: (view) => {
    const image = imageOf(view);
    return image !== undefined && image.digest === undefined && (image.tag ?? "latest") !== "latest"
      ? { field: ["image"] }
      : undefined;
  },
  text: {
    en: {
      title: "Image is not pinned by digest",
      message: "Container {name} runs {value}, which is not pinned by digest",
      risk: "Whoever may push to the registry can put another image behind the tag.",
      fix: "Add the digest to the tag: image:1.8.2@sha256:…",
    },
    "zh-CN": {
      title: "镜像未按摘要固定",
      message: "容器 {name} 运行的 {value} 未按摘要固定",
      risk: "能向镜像仓库推送的人可以把该标签指向另一个镜像。",
      fix: "在标签后加上摘要：image:1.8.2@sha256:…",
    },
  },
});
