// hostUsers: false gives the pod users of its own (KEP-127; on by default since 1.33). Pods that may be root, have a low id, unmask
// /proc or use host namespaces are left to the rules about that: they ask for it already, or exclude it.

import type { KubernetesMinor } from "../../../../kubernetes/kubernetes-version.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { isLinux, podFieldRule } from "../../pod-field-rule.ts";
import { refusalBy } from "../../pod-security-rule.ts";
import { contextFaults, isLowId } from "../../security-context-fields.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/user-namespace-missing",
  severity: "low", // after an escape, what the node's user with the container's number has
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security"],
  references: ["KEP-127"],
  isApplicable: (pod, { minor }) => isLinux(pod) && minor >= ON_BY_DEFAULT,
  find: (pod, context) => {
    if (pod.spec.hostUsers === false || OTHERS.some((isRefused) => isRefused(pod, context))) return undefined;
    if (IDS.some((id) => contextFaults(pod, id, isLowId).length > 0)) return undefined;
    return { field: ["spec", "hostUsers"], assumed: true };
  },
  text: {
    en: {
      title: "Pod shares the users of the node",
      message: "Pod has no user namespace of its own",
      risk: "A process that escapes has the rights of the node's user with the same number.",
      fix: "Set hostUsers to false.",
    },
    "zh-CN": {
      title: "Pod 与节点共用用户",
      message: "Pod 没有独立的用户命名空间",
      risk: "逃逸的进程拥有节点上同编号用户的权限。",
      fix: "将 hostUsers 设为 false。",
    },
  },
});

const ON_BY_DEFAULT: KubernetesMinor = 33;
const OTHERS = (["hostNamespaces", "procMount", "runAsNonRoot", "runAsUser"] as const).map(refusalBy);
const IDS = ["runAsUser", "runAsGroup"] as const;
