// A Secret or ConfigMap mounted by subPath: the kubelet never updates such a mount.

import type { PodSpec } from "../../../../kubernetes/pod.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/sub-path-never-updated",
  severity: "low", // a credential that was rotated everywhere else
  since: "0.1.0",
  frameworks: ["nsa-cisa/secrets"],
  references: ["kubernetes.io/docs/concepts/configuration/secret"],
  find: ({ container }, { spec }) =>
    container.volumeMounts?.flatMap((mount, index): Fault[] => {
      const field = mount?.subPath ? "subPath" : mount?.subPathExpr ? "subPathExpr" : undefined;
      if (field === undefined || !isUpdated(spec, mount?.name ?? "")) return [];
      return [{ field: ["volumeMounts", index, field], element: mount?.name ?? "" }];
    }),
  text: {
    en: {
      title: "Mounted file is never updated",
      message: "Container {name} mounts {element} by subPath",
      risk: "The container keeps the old file after a rotation, until its pod is replaced.",
      fix: "Mount the whole volume, and point the program to the file.",
    },
    "zh-CN": {
      title: "挂载的文件不会更新",
      message: "容器 {name} 以 subPath 方式挂载 {element}",
      risk: "轮换后容器仍使用旧文件，直到 Pod 被替换。",
      fix: "挂载整个存储卷，让程序读取其中的文件。",
    },
  },
});

function isUpdated({ volumes }: PodSpec, name: string): boolean {
  const volume = volumes?.find((candidate) => candidate?.name === name);
  return (volume?.secret ?? volume?.configMap ?? volume?.projected ?? volume?.downwardAPI) != null;
}
