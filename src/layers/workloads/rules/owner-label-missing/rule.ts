// A label or annotation that says whose workload it is.

import type { ObjectMeta } from "../../../../kubernetes/object.ts";
import { isPodCarrierKind } from "../../../../kubernetes/pod-template.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { metadataRule } from "../../metadata-rule.ts";

export const rule: PodRule = metadataRule({
  id: "workloads/owner-label-missing",
  severity: "low", // time: nobody knows whom to call
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes.io/docs/reference/labels-annotations-taints"],
  // What a controller made says less than the controller: that one's own labels are not copied.
  isApplicable: ({ resource: { object } }) => !isMade(object.metadata),
  find: ({ resource: { object }, template }) => {
    const isOwned = saysOwner(object.metadata) || (template !== object && saysOwner(template.metadata));
    return isOwned ? undefined : { field: ["metadata", "labels"] };
  },
  knownAs: { kubeLinter: ["required-label-owner"] },
  text: {
    en: {
      title: "Nothing says whose workload it is",
      message: "No label or annotation names an owner",
      risk: "When it is attacked or must be patched, nobody knows whom to ask, and it stays as it is.",
      fix: "Label it with app.kubernetes.io/part-of, or with a team or owner.",
    },
    "zh-CN": {
      title: "未标明工作负载归属",
      message: "没有标签或注解指明负责人",
      risk: "遭受攻击或需要打补丁时，没人知道该找谁，问题便一直存在。",
      fix: "添加标签 app.kubernetes.io/part-of，或标明 team、owner。",
    },
  },
});

function isMade(metadata: ObjectMeta | null | undefined): boolean {
  const controller = metadata?.ownerReferences?.find((owner) => owner?.controller === true);
  return controller != null && isPodCarrierKind(controller.apiVersion ?? "", controller.kind ?? "");
}

const OWNER = /^(?:.*\/)?(?:owners?|team|squad|contacts?|maintainers?|responsible|part-of)$/;

function saysOwner(metadata: ObjectMeta | null | undefined): boolean {
  return metadata != null && (namesOwner(metadata.labels) || namesOwner(metadata.annotations));
}

function namesOwner(set: { readonly [key: string]: string | null } | null | undefined): boolean {
  return set != null && Object.keys(set).some((key) => OWNER.test(key) && (set[key] ?? "") !== "");
}
