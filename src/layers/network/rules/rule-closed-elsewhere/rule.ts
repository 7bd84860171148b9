// Rules of NetworkPolicies that nobody can use today: the policies at the other end close the connection.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { closedElsewhere } from "../../quality/today.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/rule-closed-elsewhere",
  severity: "low", // what the rule should open is closed, and the other end may be opened too far to mend it
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => closedElsewhere(judged, view),
  text: {
    en: {
      title: "Rule opens what the other end keeps closed",
      message: "{place} opens a connection that the policies of the other end close: {others}",
      risk: "The connection fails, and whoever needs it will open more than this.",
      fix: "Allow the connection at the other end too, or remove the rule.",
    },
    "zh-CN": {
      title: "规则放行的连接在另一端被关闭",
      message: "{place} 放行的连接被另一端的策略关闭：{others}",
      risk: "连接会失败，需要它的人往往会放行更多流量。",
      fix: "在另一端也放行该连接，或删除该规则。",
    },
  },
});
