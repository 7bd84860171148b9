// Settings of common programs that switch off the verification of TLS certificates.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { faultyWord } from "../../command-line.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/tls-verification-disabled",
  severity: "medium", // reads and changes what passes between the container and whom it trusts
  since: "0.1.0",
  frameworks: ["nsa-cisa/secure-images"],
  references: ["nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue"],
  find: (view) => {
    const at = view.container.env?.findIndex((variable) => isOff(variable?.name ?? "", variable?.value ?? "")) ?? -1;
    if (at !== -1) return { field: ["env", at, "value"] };
    const isCurl = /(?:^|\/)curl$/.test(view.container.command?.[0] ?? "");
    return faultyWord(view, (text) => FLAG.test(text) || CURL.test(text) || (isCurl && INSECURE.test(text)));
  },
  text: {
    en: {
      title: "Certificate verification is switched off",
      message: "Container {name} does not verify certificates",
      risk: "Whoever is between the container and its peer, another pod for instance, reads and changes the traffic.",
      fix: "Remove the setting, and give the program the right certificate authority.",
    },
    "zh-CN": {
      title: "关闭了证书验证",
      message: "容器 {name} 不验证证书",
      risk: "处在容器与对端之间的人（例如另一个 Pod）可以读取和篡改流量。",
      fix: "删除该设置，并为程序配置正确的 CA 证书。",
    },
  },
});

const FLAG =
  /(?:^|\s)--(?:insecure-skip-(?:tls-)?verify|skip-tls-verify|tls-skip-verify|kubelet-insecure-tls|no-check-certificate)(?:=true)?(?=\s|$)/;
const INSECURE = /^(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure)$/;
const CURL = /(?:^|[\s;&|(])curl\s(?:[^;&|]*\s)?(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure)(?=\s|$)/;
const SKIPS = /(?:^|_)(?:SKIP_(?:TLS_|SSL_)?VERIFY|(?:TLS|SSL)_(?:SKIP|NO)_VERIFY)$/;

function isOff(name: string, value: string): boolean {
  if (name === "NODE_TLS_REJECT_UNAUTHORIZED" || name === "PYTHONHTTPSVERIFY") return value === "0";
  return SKIPS.test(name) && /^(?:1|true|yes)$/i.test(value);
}
