// API versions that the target server still has, but not for long.

import { isDeprecated } from "../../../../kubernetes/api-removals.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { versionRule } from "../../version-rule.ts";

export const rule: ObjectRule = versionRule({
  id: "workloads/deprecated-api-version",
  severity: "low",
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/*/zz_generated.prerelease-lifecycle.go"],
  knownAs: { kubeScore: ["stable-version"] },
  isEnding: isDeprecated,
  text: {
    en: {
      title: "API version is deprecated",
      message: "{version} {kind} is deprecated since 1.{deprecated}, removed in {removal}; use {replacement}",
      risk: "The upgrade that removes it waits, and with it the security fixes that come in it.",
      fix: "Change apiVersion to the replacement before the next upgrade.",
    },
    "zh-CN": {
      title: "API 版本已弃用",
      message: "{version} {kind} 自 1.{deprecated} 起弃用，移除版本：{removal}；请改用 {replacement}",
      risk: "移除该版本的升级会被推迟，其中的安全修复也随之推迟。",
      fix: "在下次升级之前把 apiVersion 改为替代版本。",
    },
  },
});
