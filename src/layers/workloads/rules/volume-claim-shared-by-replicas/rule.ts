// Workloads of several replicas that mount one claim for a single node.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { byEntry } from "../../missing-reference-rule.ts";
import { VOLUME_CLAIM, type Reference } from "../../references/reference.ts";
import type { Entry, Relations } from "../../references/relations.ts";
import { autoscalersOf, isScaledKind } from "../../references/scale.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/volume-claim-shared-by-replicas",
  severity: "medium",
  since: "0.1.0",
  reads: ["pod templates", "PersistentVolumeClaim"],
  frameworks: [],
  references: ["kubernetes/pkg/apis/core/types.go", "KEP-2485"],
  *judge(relations): Iterable<Judgement> {
    for (const [entry, claims] of byEntry(relations.referencesTo(VOLUME_CLAIM))) {
      const pods = podsOf(entry, relations);
      const outcomes = pods === 1 ? NOT_APPLICABLE : claims.flatMap((claim) => judge(entry, claim, pods, relations));
      yield { resource: entry.resource, outcomes };
    }
  },
  text: {
    en: {
      title: "Several replicas share a volume for one node",
      message: "Claim {target} is {modes}, and {pods} pods mount it",
      risk: "Replicas on other nodes never start; a drain of the one node takes all of them down.",
      fix: "Use a StatefulSet with a claim for each pod, or a claim that is ReadWriteMany.",
    },
    "zh-CN": {
      title: "多个副本共享只能挂载到单个节点的卷",
      message: "声明 {target} 的访问模式为 {modes}，却有 {pods} 个 Pod 挂载它",
      risk: "其他节点上的副本无法启动；排空那一个节点会使所有副本同时下线。",
      fix: "改用 StatefulSet 为每个 Pod 创建各自的声明，或使用 ReadWriteMany 的声明。",
    },
  },
});

const SINGLE = new Set(["ReadWriteOnce", "ReadWriteOncePod"]);

function podsOf({ facts, resource }: Entry, relations: Relations): number | "one a node" {
  if (facts.kind === "apps/DaemonSet") return "one a node";
  if (!isScaledKind(facts.kind) || facts.detail?.role !== "controller") return 1;
  const minimums = autoscalersOf(relations, resource).map(({ detail }) => detail.minimum);
  return Math.max(1, ...(minimums.length > 0 ? minimums : [facts.detail.replicas ?? 1]));
}

function judge(
  { resource }: Entry,
  { namespace, name, path }: Reference,
  pods: number | string,
  { inventory }: Relations,
): readonly Outcome[] {
  const detail = inventory.get(VOLUME_CLAIM, namespace, name, resource)?.facts.detail;
  if (detail?.role !== "volume-claim" || detail.accessModes.length === 0) return NOT_APPLICABLE;
  if (!detail.accessModes.every((mode) => SINGLE.has(mode))) return PASS;
  const modes = detail.accessModes.join(", ");
  return [
    {
      kind: "fail",
      key: name,
      arguments: { name: `${name} (${modes})`, target: name, modes, pods },
      evidence: [{ path, value: name }],
    },
  ];
}
