// The alpha annotations for seccomp, which Kubernetes ignores since 1.27 (KEP-135): the profile they name is not in force.

import type { KubernetesMinor } from "../../../../kubernetes/kubernetes-version.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/seccomp-annotation-ignored",
  severity: "medium", // every system call, where the author believes most are closed
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security"],
  references: ["KEP-135"],
  isApplicable: (_pod, { minor }) => minor >= IGNORED_SINCE,
  find: ({ template }) => {
    const annotations = template.metadata?.annotations;
    if (annotations == null) return undefined;
    return Object.keys(annotations)
      .filter((key) => key === POD_KEY || key.startsWith(CONTAINER_PREFIX))
      .map((key): Fault => ({ field: ["metadata", "annotations", key], element: key }));
  },
  text: {
    en: {
      title: "Seccomp annotation is ignored",
      message: "Annotation {name} has no effect",
      risk: "The profile it names is not in force; without the field the container may use every system call.",
      fix: "Remove the annotation and set securityContext.seccompProfile.",
    },
    "zh-CN": {
      title: "seccomp 注解已被忽略",
      message: "注解 {name} 不起作用",
      risk: "它指定的配置并未生效；若没有对应字段，容器可以使用所有系统调用。",
      fix: "删除该注解，改用 securityContext.seccompProfile。",
    },
  },
});

const IGNORED_SINCE: KubernetesMinor = 27;
const POD_KEY = "seccomp.security.alpha.kubernetes.io/pod";
const CONTAINER_PREFIX = "container.seccomp.security.alpha.kubernetes.io/";
