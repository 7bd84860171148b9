// API versions that the target server does not have any more.

import { isRemoved } from "../../../../kubernetes/api-removals.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { versionRule } from "../../version-rule.ts";

export const rule: ObjectRule = versionRule({
  id: "workloads/removed-api-version",
  severity: "medium",
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/*/zz_generated.prerelease-lifecycle.go"],
  knownAs: { trivy: ["KSV-0107"], kubeLinter: ["no-extensions-v1beta"] },
  isEnding: isRemoved,
  text: {
    en: {
      title: "API version is no longer served",
      message: "{version} {kind} is not served since 1.{removed}; use {replacement}",
      risk: "The API server refuses the object: what it was to protect or run is not there.",
      fix: "Change apiVersion to the replacement, and the fields that changed with it.",
    },
    "zh-CN": {
      title: "API 版本已不再提供",
      message: "自 1.{removed} 起不再提供 {version} {kind}；请改用 {replacement}",
      risk: "API 服务器会拒绝该对象：它本应保护或运行的内容并不存在。",
      fix: "把 apiVersion 改为替代版本，并相应修改有变化的字段。",
    },
  },
});
