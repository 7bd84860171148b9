// A probe or lifecycle handler that names a port its container does not declare (kubernetes/pkg/kubelet/util: ResolveContainerPort).

import type { Container } from "../../../../kubernetes/pod.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/probe-port-unknown",
  severity: "low", // nothing; but the probe fails for ever
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/probe/util.go#ResolveContainerPort"],
  find: ({ container }) => {
    const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
    const handlers = [
      [["livenessProbe"], livenessProbe],
      [["readinessProbe"], readinessProbe],
      [["startupProbe"], startupProbe],
      [["lifecycle", "postStart"], lifecycle?.postStart],
      [["lifecycle", "preStop"], lifecycle?.preStop],
    ] as const;
    return handlers.flatMap(([at, handler]) =>
      (["httpGet", "tcpSocket"] as const).flatMap((action): Fault[] => {
        const port = handler?.[action]?.port;
        if (typeof port !== "string" || /^\d+$/.test(port) || declares(container, port)) return [];
        return [{ field: [...at, action, "port"] }];
      }),
    );
  },
  knownAs: { kubeLinter: ["liveness-port", "readiness-port", "startup-port"] },
  text: {
    en: {
      title: "Probe names a port that does not exist",
      message: "Container {name} declares no port named {value}",
      risk: "The probe never succeeds: the container is restarted for ever, or never gets a request.",
      fix: "Name one of the container's ports, or write its number.",
    },
    "zh-CN": {
      title: "探针引用了不存在的端口",
      message: "容器 {name} 没有声明名为 {value} 的端口",
      risk: "探针永远不会成功：容器会不断重启，或永远收不到请求。",
      fix: "引用该容器已声明的端口名，或直接写端口号。",
    },
  },
});

function declares({ ports }: Container, name: string): boolean {
  return ports?.some((port) => port?.name === name) ?? false;
}
