// Projected service account tokens that live longer than a day (KEP-1205). The API server caps them only where it is told to.

import type { Volume } from "../../../../kubernetes/pod.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/service-account-token-long-lived",
  severity: "medium", // a token that is still good when the theft is noticed
  since: "0.1.0",
  frameworks: ["nsa-cisa/service-account-tokens"],
  references: ["KEP-1205", "k8s.io/api/core/v1/types.go#ServiceAccountTokenProjection"],
  find: ({ spec }) => spec.volumes?.flatMap((volume, index) => longLived(volume, index)),
  text: {
    en: {
      title: "Service account token lives longer than a day",
      message: "Volume {name} projects a token that lives {value} seconds",
      risk: "A stolen token works until it expires, from anywhere that reaches the API server.",
      fix: "Set expirationSeconds to 3600; the kubelet renews the token by itself.",
    },
    "zh-CN": {
      title: "ServiceAccount 令牌有效期超过一天",
      message: "存储卷 {name} 投射的令牌有效期为 {value} 秒",
      risk: "被盗的令牌在过期前一直有效，可在任何能访问 API 服务器的地方使用。",
      fix: "将 expirationSeconds 设为 3600；kubelet 会自动续期。",
    },
  },
});

const MOST_SECONDS = 86_400;

function longLived(volume: Volume | null, index: number): readonly Fault[] {
  return (volume?.projected?.sources ?? []).flatMap((source, at) =>
    (source?.serviceAccountToken?.expirationSeconds ?? 0) > MOST_SECONDS
      ? [
          {
            field: ["spec", "volumes", index, "projected", "sources", at, "serviceAccountToken", "expirationSeconds"],
            element: volume?.name ?? "",
          },
        ]
      : [],
  );
}
