// A script that is fetched and executed when the container starts: curl … | sh.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { faultyWord } from "../../command-line.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/remote-script-execution",
  severity: "high", // whoever answers for that address runs what they like in the pod
  since: "0.1.0",
  frameworks: ["nsa-cisa/secure-images"],
  references: ["nsa.gov/kubernetes-hardening-guidance"],
  find: (view) => faultyWord(view, (text) => PIPED.test(text) || SUBSTITUTED.test(text)),
  text: {
    en: {
      title: "Container runs a script from the network",
      message: "Container {name} fetches a script and runs it at start",
      risk: "What runs is decided at each start by whoever answers for that address, and no scan has seen it.",
      fix: "Build the script into the image.",
    },
    "zh-CN": {
      title: "容器执行来自网络的脚本",
      message: "容器 {name} 启动时下载并执行脚本",
      risk: "每次启动运行什么由该地址的响应方决定，任何扫描都未检查过。",
      fix: "将脚本构建到镜像中。",
    },
  },
});

const PIPED =
  /\b(?:curl|wget)\s[^|;&\n]*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:\/\S*\/)?(?:(?:ba|z|da|k|a)?sh|python3?|perl|ruby|node)\b/;
const SUBSTITUTED = /\b(?:ba|z|da|k|a)?sh\s+(?:-\S+\s+)*["']?(?:<\(|\$\(|`)\s*(?:curl|wget)\s/;
