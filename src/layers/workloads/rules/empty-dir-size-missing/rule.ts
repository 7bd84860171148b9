// emptyDir volumes without a sizeLimit.

import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/empty-dir-size-missing",
  severity: "low", // fills the node's disk or memory, as far as other limits let it
  since: "0.1.0",
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["k8s.io/api/core/v1/types.go#EmptyDirVolumeSource"],
  find: ({ defaulted }) =>
    defaulted.spec?.volumes?.flatMap((volume, index): Fault[] => {
      if (volume?.emptyDir == null || !/^0*$/.test(String(volume.emptyDir.sizeLimit ?? ""))) return [];
      return [{ field: ["spec", "volumes", index, "emptyDir", "sizeLimit"], element: volume.name ?? "" }];
    }),
  text: {
    en: {
      title: "Scratch volume has no size limit",
      message: "Volume {name} may grow without a limit of its own",
      risk: "What is written there fills the node's disk, or with medium Memory the pod's memory.",
      fix: "Set emptyDir.sizeLimit.",
    },
    "zh-CN": {
      title: "临时存储卷没有大小限制",
      message: "存储卷 {name} 没有自身的大小限制",
      risk: "写入的数据会占满节点磁盘；medium 为 Memory 时会占满 Pod 的内存。",
      fix: "设置 emptyDir.sizeLimit。",
    },
  },
});
