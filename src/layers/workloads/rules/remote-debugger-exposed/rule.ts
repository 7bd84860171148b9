// A debugger that listens on every address: JDWP, the Node.js inspector, debugpy, Delve.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { faultyWord } from "../../command-line.ts";
import { containerRule } from "../../container-rule.ts";
import { holdsCredential } from "../../credential.ts";

export const rule: PodRule = containerRule({
  id: "workloads/remote-debugger-exposed",
  severity: "high", // runs code in the program, with no password
  since: "0.1.0",
  frameworks: ["nsa-cisa/secure-images"],
  references: ["docs.oracle.com/en/java/javase/21/docs/specs/jpda/conninv.html"],
  find: (view) => {
    const { env } = view.container;
    const at = env?.findIndex((variable) => DEBUGGER.test(variable?.value ?? "")) ?? -1;
    if (at === -1) return faultyWord(view, (text) => DEBUGGER.test(text));
    const field = ["env", at, "value"];
    return holdsCredential(env?.[at]?.value ?? "") ? { field, isRedacted: true } : { field };
  },
  text: {
    en: {
      title: "Debugger listens on the network",
      message: "Container {name} opens a debugger to the network",
      risk: "Whoever reaches the port runs code in the program; no debugger asks for a password.",
      fix: "Remove the option, or bind it to 127.0.0.1 and use kubectl port-forward.",
    },
    "zh-CN": {
      title: "调试器对网络开放",
      message: "容器 {name} 将调试器开放到网络",
      risk: "能访问该端口的人可在程序中执行代码；调试器不要求密码。",
      fix: "删除该选项，或只监听 127.0.0.1 并使用 kubectl port-forward。",
    },
  },
});

const DEBUGGER = new RegExp(
  [
    String.raw`jdwp[=:](?=\S*\bserver=y)\S*\baddress=(?:\*|0\.0\.0\.0|\[::\]):`,
    String.raw`--inspect(?:-brk|-wait)?=(?:0\.0\.0\.0|\[::\])`,
    String.raw`\bdebugpy\b.*--listen[= ](?:0\.0\.0\.0|\[::\])`,
    String.raw`\bdlv\b.*--listen[= ](?:0\.0\.0\.0|\[::\])?:\d`,
  ].join("|"),
);
