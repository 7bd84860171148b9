// Tolerations that let pods onto control-plane nodes: by name, or because they tolerate everything.

import type { PodSubject } from "../../../../verdicts/pod-subject.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/control-plane-toleration",
  severity: "low", // a place beside the API server and etcd
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security"],
  references: ["kubernetes.io/docs/reference/labels-annotations-taints#node-role-kubernetes-io-control-plane"],
  isApplicable: (pod) => !isOfDaemonSet(pod),
  find: ({ spec }) =>
    spec.tolerations?.flatMap((toleration, index): Fault[] => {
      const at = ["spec", "tolerations", index];
      if (CONTROL_PLANE.has(toleration?.key ?? "")) return [{ field: [...at, "key"] }];
      const isAll = toleration?.operator === "Exists" && !toleration.key && toleration.effect !== "PreferNoSchedule";
      return isAll ? [{ field: [...at, "operator"], shown: "*" }] : [];
    }),
  text: {
    en: {
      title: "Pods may run on control-plane nodes",
      message: "Pods tolerate {value}",
      risk: "An escape there is an escape beside the API server, etcd and their keys.",
      fix: "Remove the toleration, or name only the taints that are meant.",
    },
    "zh-CN": {
      title: "Pod 可运行在控制平面节点上",
      message: "Pod 容忍 {value}",
      risk: "在那里逃逸，就到了 API 服务器、etcd 及其密钥旁边。",
      fix: "删除该容忍度，或只写出确实需要的污点。",
    },
  },
});

const CONTROL_PLANE: ReadonlySet<string> = new Set([
  "node-role.kubernetes.io/control-plane",
  "node-role.kubernetes.io/master",
]);

function isOfDaemonSet({ resource: { id, object } }: PodSubject): boolean {
  return (
    id.kind === "DaemonSet" || (object.metadata?.ownerReferences ?? []).some((owner) => owner?.kind === "DaemonSet")
  );
}
