// A service account token in the file system of a pod, unless the pod, or else its account, says no.

import { keyOf, type ResourceId } from "../../../../cluster/resource-id.ts";
import type { Cluster } from "../../../../cluster/cluster.ts";
import type { ResourceOutcome } from "../../../../verdicts/outcome.ts";
import { projectedOf } from "../../../../verdicts/projection.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { TOKEN_MOUNTS, type PodTokenMount } from "../../token-mounts.ts";

export const rule: ClusterRule = {
  id: "workloads/service-account-token-automount",
  scope: "cluster",
  severity: "medium", // the rights of the account; none, where nobody has bound any
  since: "0.1.0",
  reads: ["pod templates", "ServiceAccount"],
  frameworks: ["cis-kubernetes/5.1.6", "nsa-cisa/service-account-tokens"],
  references: ["kubernetes/plugin/pkg/admission/serviceaccount/admission.go"],
  knownAs: {
    kubescape: ["C-0034", "C-0190", "C-0261"],
    trivy: ["KSV-0036"],
    polaris: ["automountServiceAccountToken"],
    checkov: ["CKV_K8S_38"],
  },
  text: {
    en: {
      title: "Service account token is mounted",
      message: "Pods get a token of the service account {account}",
      risk: "Whoever reads a file in the pod may call the Kubernetes API as this account.",
      fix: "Set automountServiceAccountToken to false, in the pod or its account.",
    },
    "zh-CN": {
      title: "挂载了 ServiceAccount 令牌",
      message: "Pod 会获得 ServiceAccount {account} 的令牌",
      risk: "能读取 Pod 中文件的人就能以该账户调用 Kubernetes API。",
      fix: "在 Pod 或其 ServiceAccount 中将 automountServiceAccountToken 设为 false。",
    },
  },
  projections: [TOKEN_MOUNTS],
  subjects: (cluster) =>
    projectedOf(cluster, TOKEN_MOUNTS).flatMap(({ resource, facts }) => (facts.kind === "pods" ? [resource] : [])),
  evaluate: outcomesOf,
};

function* outcomesOf(cluster: Cluster): Generator<ResourceOutcome> {
  const list = projectedOf(cluster, TOKEN_MOUNTS);
  const accounts = new Map<string, boolean | undefined>();
  for (const { resource, facts } of list)
    if (facts.kind === "account") accounts.set(keyOf(resource.id), facts.automount);
  for (const { resource, facts } of list) {
    if (facts.kind !== "pods") continue;
    const mounting = facts.pods.filter(
      (pod) => (pod.automount ?? accounts.get(accountKey(resource.id, pod))) !== false,
    );
    const account = mounting[0]?.account;
    if (account === undefined) continue;
    const evidence = mounting.map(({ field, automount }) =>
      automount === undefined
        ? ({ path: field, absent: true, default: true } as const)
        : { path: field, value: automount },
    );
    yield { resource, outcome: { kind: "fail", key: "", arguments: { account }, evidence } };
  }
}

function accountKey({ namespace }: ResourceId, { account }: PodTokenMount): string {
  return keyOf({ group: "", kind: "ServiceAccount", namespace, name: account });
}
