// Several replicas that nothing keeps apart. The scheduler's own spreading is a preference among others (KEP-895, KEP-1258).

import { valueAt } from "../../../../kubernetes/path.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/topology-spread-missing",
  severity: "low", // nothing; but one node that is lost takes all replicas with it
  since: "0.1.0",
  frameworks: [],
  references: ["KEP-895", "KEP-1258"],
  isApplicable: ({ resource: { object, id } }) =>
    KINDS.has(id.kind) && Number(valueAt(object, ["spec", "replicas"]) ?? 1) >= 2,
  find: ({ spec }) => {
    const isSpread =
      (spec.topologySpreadConstraints ?? []).length > 0 || valueAt(spec.affinity, ["podAntiAffinity"]) != null;
    return isSpread ? undefined : { field: ["spec", "topologySpreadConstraints"] };
  },
  knownAs: { polaris: ["topologySpreadConstraint"], kubeScore: ["pod-topology-spread-constraints"] },
  text: {
    en: {
      title: "Nothing keeps the replicas apart",
      message: "All replicas may run on one node",
      risk: "One node that is lost, drained or taken over takes the whole service with it.",
      fix: "Add topologySpreadConstraints over kubernetes.io/hostname.",
    },
    "zh-CN": {
      title: "副本没有分散部署",
      message: "所有副本可能运行在同一个节点上",
      risk: "该节点一旦丢失、排空或被攻陷，整个服务都会受影响。",
      fix: "按 kubernetes.io/hostname 添加 topologySpreadConstraints。",
    },
  },
});

const KINDS: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]);
