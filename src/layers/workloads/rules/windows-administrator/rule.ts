// Windows containers that run as an administrator. HostProcess containers, whose account is the node's, have their own rule.

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/windows-administrator",
  severity: "medium", // everything inside the container; a flaw of the runtime is still needed to get out
  since: "0.1.0",
  frameworks: ["nsa-cisa/non-root-containers"],
  references: ["k8s.io/api/core/v1/types.go#WindowsSecurityContextOptions"],
  find: ({ spec, containers }) => {
    const forPod = spec.securityContext?.windowsOptions;
    const own = containers.flatMap(({ name, container, path }): Fault[] =>
      isAdministrator(container.securityContext?.windowsOptions)
        ? [{ field: ["spec", ...path, ...FIELD], element: name }]
        : [],
    );
    const isInherited = containers.some(
      (view) => view.container.securityContext?.windowsOptions?.runAsUserName == null,
    );
    return isAdministrator(forPod) && isInherited ? [{ field: ["spec", ...FIELD] }, ...own] : own;
  },
  text: {
    en: {
      title: "Windows container runs as an administrator",
      message: "Processes run as {value}",
      risk: "An administrator in the container may change all of it, and has more ways to attack the node's kernel.",
      fix: "Set windowsOptions.runAsUserName to ContainerUser.",
    },
    "zh-CN": {
      title: "Windows 容器以管理员身份运行",
      message: "进程以 {value} 身份运行",
      risk: "容器内的管理员可以修改容器中的一切，也有更多途径攻击节点内核。",
      fix: "将 windowsOptions.runAsUserName 设为 ContainerUser。",
    },
  },
});

const FIELD = ["securityContext", "windowsOptions", "runAsUserName"];
const ADMINISTRATOR = /^(?:containeradministrator|(?:.*\\)?administrator|nt authority\\system)$/i;

function isAdministrator(options: SecurityContext["windowsOptions"]): boolean {
  return options?.hostProcess !== true && ADMINISTRATOR.test(options?.runAsUserName ?? "");
}
