// The beta annotations for AppArmor, which have a field since 1.30 (KEP-24).

import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

const PREFIX = "container.apparmor.security.beta.kubernetes.io/";
const FIELD_SINCE = 30;

export const rule: PodRule = podFieldRule({
  id: "workloads/apparmor-annotation-deprecated",
  severity: "low",
  since: "0.1.0",
  frameworks: [],
  references: ["KEP-24"],
  isApplicable: (_pod, { minor }) => minor >= FIELD_SINCE,
  // One that confines nothing is apparmor-profile's finding.
  find: ({ template }) =>
    Object.entries(template.metadata?.annotations ?? {})
      .filter(([key, value]) => key.startsWith(PREFIX) && value !== "unconfined")
      .map(([key]): Fault => ({ field: ["metadata", "annotations", key], element: key.slice(PREFIX.length) })),
  text: {
    en: {
      title: "AppArmor profile is set by a deprecated annotation",
      message: "The AppArmor profile of container {name} is set by an annotation: {value}",
      risk: "With the annotation's support goes the profile: a container escape meets one wall less.",
      fix: "Set securityContext.appArmorProfile instead.",
    },
    "zh-CN": {
      title: "AppArmor 配置使用了已弃用的注解",
      message: "容器 {name} 的 AppArmor 配置由注解设置：{value}",
      risk: "注解不再受支持后配置随之失效，容器逃逸将少一道屏障。",
      fix: "改用 securityContext.appArmorProfile。",
    },
  },
});
