// Two containers of a pod, or one of them twice, with the same port and protocol: they share one network namespace.

import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/duplicate-container-port",
  severity: "low", // nothing; but the second listener fails, or gets the first one's traffic
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/api/pod/warnings.go"],
  find: ({ containers }) => {
    const seen = new Set<string>();
    return containers.flatMap(({ kind, name, container, path }) => {
      if (kind === "init") return [];
      return (container.ports ?? []).flatMap((port, index): Fault[] => {
        const key = `${port?.containerPort ?? 0}/${port?.protocol || "TCP"}`;
        const isRepeated = seen.has(key) && (port?.containerPort ?? 0) !== 0;
        seen.add(key);
        return isRepeated ? [{ field: ["spec", ...path, "ports", index, "containerPort"], element: name }] : [];
      });
    });
  },
  text: {
    en: {
      title: "Port is declared twice in a pod",
      message: "Container {name} declares port {value}, which is declared already",
      risk: "Containers of a pod share one address: only one of them can listen there.",
      fix: "Give each listener a port of its own.",
    },
    "zh-CN": {
      title: "Pod 中重复声明端口",
      message: "容器 {name} 声明的端口 {value} 已被声明",
      risk: "同一 Pod 的容器共用一个地址：只有一个容器能监听该端口。",
      fix: "为每个监听者分配各自的端口。",
    },
  },
});
