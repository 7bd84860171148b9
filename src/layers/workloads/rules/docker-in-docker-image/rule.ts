// Images that run a Docker daemon inside the pod (docker:dind and its like).

import { fullRepository, type ImageReference } from "../../../../kubernetes/image-reference.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { imageOf } from "../../container-image.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/docker-in-docker-image",
  severity: "high", // a container daemon as root in a pod: its API, or a build, is root there
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security"],
  references: ["hub.docker.com/_/docker"],
  find: (view) => {
    const image = imageOf(view);
    return image !== undefined && isDaemon(image) ? { field: ["image"] } : undefined;
  },
  text: {
    en: {
      title: "Docker daemon runs inside the pod",
      message: "Container {name} runs a Docker daemon: {value}",
      risk: "Who reaches its API, or may run a build on it, is root in a pod that can hardly be confined.",
      fix: "Build images without a daemon: BuildKit rootless, Buildah or a build service.",
    },
    "zh-CN": {
      title: "Pod 中运行了 Docker 守护进程",
      message: "容器 {name} 运行 Docker 守护进程：{value}",
      risk: "能访问其 API 或在其上运行构建的人，就是一个难以限制的 Pod 中的 root。",
      fix: "使用无需守护进程的构建方式：rootless BuildKit、Buildah 或构建服务。",
    },
  },
});

function isDaemon(image: ImageReference): boolean {
  if (fullRepository(image) === "docker.io/library/docker") return /(?:^|-)dind(?:-|$)/.test(image.tag ?? "");
  return /(?:^|[/-])dind$/.test(image.repository);
}
