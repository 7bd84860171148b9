// The tag latest, said or implied: what it means changes without anybody changing the manifest.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { imageOf } from "../../container-image.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/image-tag-latest",
  severity: "medium", // whoever may push to the tag chooses what runs, at a time of their choice
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.5.1", "nsa-cisa/secure-images"],
  references: ["kubernetes/pkg/apis/core/v1/defaults.go"],
  knownAs: {
    kubescape: ["C-0075"],
    trivy: ["KSV-0013"],
    kubeLinter: ["latest-tag"],
    polaris: ["tagNotSpecified"],
    checkov: ["CKV_K8S_14"],
    kubeScore: ["container-image-tag"],
  },
  find: (view) => {
    const image = imageOf(view);
    return image !== undefined && image.digest === undefined && (image.tag ?? "latest") === "latest"
      ? { field: ["image"] }
      : undefined;
  },
  text: {
    en: {
      title: "Image has no fixed version",
      message: "Container {name} runs {value}, the latest image",
      risk: "The next start may run other code than the last one, and nobody can say which runs now.",
      fix: "Name a version and its digest: image:1.8.2@sha256:…",
    },
    "zh-CN": {
      title: "镜像没有固定版本",
      message: "容器 {name} 运行 latest 镜像 {value}",
      risk: "下一次启动可能运行不同的代码，也无法确定当前运行的是哪个版本。",
      fix: "指定版本和摘要：image:1.8.2@sha256:…",
    },
  },
});
