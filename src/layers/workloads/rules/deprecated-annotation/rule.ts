// Annotations whose work a field or another annotation does now.

import { map, object, string } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { objectShapeRule } from "../../object-rule.ts";

/** What to use instead; the names are unique over kinds. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  "kubernetes.io/ingress.class": "spec.ingressClassName",
  "service.alpha.kubernetes.io/tolerate-unready-endpoints": "spec.publishNotReadyAddresses",
  "service.kubernetes.io/topology-aware-hints": "spec.trafficDistribution",
  "service.kubernetes.io/topology-mode": "spec.trafficDistribution",
  "storageclass.beta.kubernetes.io/is-default-class": "storageclass.kubernetes.io/is-default-class",
  "volume.beta.kubernetes.io/mount-options": "spec.mountOptions",
  "volume.beta.kubernetes.io/storage-class": "spec.storageClassName",
};

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/deprecated-annotation",
  severity: "low",
  since: "0.1.0",
  frameworks: [],
  references: ["website/content/en/docs/reference/labels-annotations-taints/_index.md"],
  targets: [
    "networking.k8s.io/Ingress",
    "extensions/Ingress",
    "/Service",
    "storage.k8s.io/StorageClass",
    "/PersistentVolume",
    "/PersistentVolumeClaim",
  ],
  shape: object({ metadata: object({ annotations: map(string) }) }),
  find: ({ metadata }) =>
    Object.keys(metadata?.annotations ?? {}).flatMap((key): readonly Fault[] => {
      const replacement = Object.hasOwn(REPLACEMENTS, key) ? REPLACEMENTS[key] : undefined;
      return replacement === undefined
        ? []
        : [{ field: ["metadata", "annotations", key], element: key, shown: replacement }];
    }),
  text: {
    en: {
      title: "Annotation is deprecated",
      message: "Annotation {name} is deprecated; use {value}",
      risk: "A controller that no longer reads it does something else: another ingress class, another storage.",
      fix: "Use the field that replaces it.",
    },
    "zh-CN": {
      title: "注解已弃用",
      message: "注解 {name} 已弃用；请改用 {value}",
      risk: "不再读取它的控制器会采取其他行为：例如使用别的 Ingress 类或别的存储。",
      fix: "改用替代它的字段。",
    },
  },
});
