// Packages that are installed when the container starts.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { faultyWord } from "../../command-line.ts";
import { containerRule, LASTING } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/package-install-at-start",
  severity: "low", // a package that changed since the image was scanned
  since: "0.1.0",
  frameworks: ["nsa-cisa/immutable-file-systems"],
  references: ["nsa.gov/kubernetes-hardening-guidance"],
  kinds: LASTING,
  find: (view) => faultyWord(view, (text) => INSTALL.test(text)),
  text: {
    en: {
      title: "Container installs packages at start",
      message: "Container {name} installs packages when it starts",
      risk: "What runs was never scanned, changes between restarts, and needs root and a writable file system.",
      fix: "Install the packages when the image is built.",
    },
    "zh-CN": {
      title: "容器启动时安装软件包",
      message: "容器 {name} 在启动时安装软件包",
      risk: "运行的内容从未被扫描，每次重启都可能不同，还需要 root 和可写文件系统。",
      fix: "在构建镜像时安装软件包。",
    },
  },
});

const INSTALL =
  /(?:^|[\s;&|(])(?:(?:apt-get|apt|yum|dnf|microdnf|zypper|pip3?|npm|gem|go)\s+(?:-\S+\s+)*(?:install|ci)|apk\s+(?:-\S+\s+)*add)(?=\s|$)/;
