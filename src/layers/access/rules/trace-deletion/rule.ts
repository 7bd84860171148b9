// Deleting the traces of what was done.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/trace-deletion",
  severity: "low", // what happened can be hidden
  frameworks: [],
  references: ["https://attack.mitre.org/techniques/T1070/"],
  knownAs: { kubescape: ["C-0031"], trivy: ["KSV-0042"] },
  rights: [
    { verbs: ["delete", "deletecollection"], apiGroup: "", resources: ["events", "pods/log"] },
    { verbs: ["delete", "deletecollection"], apiGroup: "events.k8s.io", resources: ["events"] },
  ],
  text: {
    en: {
      title: "Role deletes events or logs",
      message: "Deletes events or logs; granted to {subjects}, namespaces {namespaces}",
      risk: "Traces of what somebody did go first.",
      fix: "Remove delete and deletecollection; events expire by themselves.",
    },
    "zh-CN": {
      title: "Role 可删除事件或日志",
      message: "可删除事件或日志；授予 {subjects}，命名空间 {namespaces}",
      risk: "行为痕迹会最先消失。",
      fix: "删除 delete 和 deletecollection；事件会自行过期。",
    },
  },
});
