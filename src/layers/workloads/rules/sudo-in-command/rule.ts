// sudo in the command line of a container: it needs root rights that the manifest does not admit to.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { faultyWord } from "../../command-line.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/sudo-in-command",
  severity: "medium", // a program in the image that makes root of anybody, meant to be used
  since: "0.1.0",
  frameworks: ["nsa-cisa/non-root-containers"],
  references: ["sudo.ws/docs/man/sudo.man"],
  knownAs: { kubescape: ["C-0062"] },
  find: (view) => faultyWord(view, (text) => SUDO.test(text)),
  text: {
    en: {
      title: "Command uses sudo",
      message: "Container {name} uses sudo in its command",
      risk: "The image lets its user become root, and so whoever takes the program over.",
      fix: "Start the container as the user the command needs, and remove sudo from the image.",
    },
    "zh-CN": {
      title: "命令中使用了 sudo",
      message: "容器 {name} 的命令中使用了 sudo",
      risk: "镜像允许其用户成为 root，攻陷该程序的人也能如此。",
      fix: "以命令所需的用户启动容器，并从镜像中删除 sudo。",
    },
  },
});

const SUDO = /(?:^|[\s;&|(`])(?:\/usr\/(?:local\/)?bin\/)?sudo(?=\s|$)/;
