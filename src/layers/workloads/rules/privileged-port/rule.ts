// A port below 1024: before ip_unprivileged_port_start, only root or NET_BIND_SERVICE may listen on it. 22 is ssh-server's.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/privileged-port",
  severity: "low", // nothing by itself; but it is the reason why many containers keep rights
  since: "0.1.0",
  frameworks: ["nsa-cisa/non-root-containers"],
  references: ["man7.org/linux/man-pages/man7/ip.7.html"],
  knownAs: { trivy: ["KSV-0117"], kubeLinter: ["privileged-ports"] },
  find: ({ container }) =>
    container.ports?.flatMap((port, index): Fault[] => {
      const number = port?.containerPort ?? 0;
      return number > 0 && number < 1024 && number !== 22 ? [{ field: ["ports", index, "containerPort"] }] : [];
    }),
  text: {
    en: {
      title: "Container listens on a privileged port",
      message: "Container {name} listens on port {value}",
      risk: "To listen there it runs as root or keeps a capability, which it could do without.",
      fix: "Listen on a port above 1023; the Service maps the old number.",
    },
    "zh-CN": {
      title: "容器监听特权端口",
      message: "容器 {name} 监听端口 {value}",
      risk: "监听该端口需要 root 或额外的 capability，而这本可避免。",
      fix: "改为监听 1023 以上的端口，由 Service 映射原端口。",
    },
  },
});
