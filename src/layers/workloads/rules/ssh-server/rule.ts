// A container that offers SSH: port 22 or 2222, or sshd as its command.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { faultyWord } from "../../command-line.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/ssh-server",
  severity: "medium", // a login of its own, past the API server and its audit log
  since: "0.1.0",
  frameworks: ["nsa-cisa/secure-images"],
  references: ["nsa.gov/kubernetes-hardening-guidance"],
  knownAs: { kubescape: ["C-0042"], kubeLinter: ["ssh-port"] },
  find: (view) => {
    const ports = (view.container.ports ?? []).flatMap((port, index): Fault[] =>
      SSH_PORTS.has(port?.containerPort ?? 0) && (port?.protocol ?? "TCP") === "TCP"
        ? [{ field: ["ports", index, "containerPort"] }]
        : [],
    );
    return ports.length > 0 ? ports : faultyWord(view, (text) => SERVER.test(text));
  },
  text: {
    en: {
      title: "Container runs an SSH server",
      message: "Container {name} runs an SSH server",
      risk: "It is a login with keys of its own, past the API server's authentication, rights and audit log.",
      fix: "Remove it; use kubectl exec or kubectl debug.",
    },
    "zh-CN": {
      title: "容器运行 SSH 服务",
      message: "容器 {name} 运行 SSH 服务",
      risk: "它是一个使用自身密钥的登录入口，绕过 API 服务器的身份验证、权限和审计日志。",
      fix: "删除它，改用 kubectl exec 或 kubectl debug。",
    },
  },
});

/** The ports that privileged-port leaves to this rule are among them. */
const SSH_PORTS: ReadonlySet<number> = new Set([22, 2222]);
const SERVER = /(?:^|[\s;&|(])(?:\/\S*\/)?(?:sshd|dropbear)(?=\s|$)/;
