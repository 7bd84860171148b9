// Mounts of volumes that the pod does not have: the API server refuses the pod, or its controller.

import type { PodSubject } from "../../../../verdicts/pod-subject.ts";
import { valueAt } from "../../../../kubernetes/path.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";
import { withSimilar } from "../../missing-reference-rule.ts";
import { isObjectName } from "../../references/reference.ts";
import { similarNames } from "../../references/similar-names.ts";

export const rule: PodRule = containerRule({
  id: "workloads/volume-mount-without-volume",
  severity: "low",
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/apis/core/validation/validation.go"],
  find: ({ container }, pod) => {
    const known = volumesOf(pod);
    return (["volumeMounts", "volumeDevices"] as const).flatMap((field) =>
      (container[field] ?? []).flatMap((mount, index): readonly Fault[] => {
        const name = mount?.name;
        if (!isObjectName(name) || known.includes(name)) return [];
        return [{ field: [field, index, "name"], element: name, shown: withSimilar(name, similarNames(name, known)) }];
      }),
    );
  },
  text: {
    en: {
      title: "Mounted volume does not exist",
      message: "Container {name} mounts a volume the pod does not have: {value}",
      risk: "The API server refuses the object: the release stops, and what ran before runs on.",
      fix: "Correct the name, or add the volume.",
    },
    "zh-CN": {
      title: "挂载的卷不存在",
      message: "容器 {name} 挂载了 Pod 中不存在的卷：{value}",
      risk: "API 服务器会拒绝该对象：发布中断，旧版本继续运行。",
      fix: "更正名称，或补上该卷。",
    },
  },
});

/** Volumes of the pod, and those a StatefulSet adds from its claim templates. */
function volumesOf({ spec, resource }: PodSubject): readonly string[] {
  const templates = valueAt(resource.object, ["spec", "volumeClaimTemplates"]);
  const claims = Array.isArray(templates) ? templates.map((template) => valueAt(template, ["metadata", "name"])) : [];
  const names = [...(spec.volumes ?? []).map((volume) => volume?.name), ...claims];
  return names.flatMap((name) => (typeof name === "string" ? [name] : []));
}
