// 关于合规框架的消息：各项要求如何判定，结果如何。

import type { frameworksEn } from "./frameworks.en.ts";

export const frameworksZhCN: Readonly<Record<keyof typeof frameworksEn, string>> = {
  "no-rules": "没有规则同时符合这些筛选条件",
  "requirement.pass": "通过",
  "requirement.fail": "未通过",
  "requirement.not-applicable": "不适用",
  "requirement.not-evaluated": "未评估",
  "requirement.manual": "需人工确认",
  "requirement.excepted": "已豁免",
  "framework.failing": "{count} 个资源",
  "framework.counts": "{total} 项要求中满足 {pass} 项",
  "explain.frameworks-title": "合规框架",
  "explain.requirements": "{count} 项要求",
  "explain.by-rules": "{count} 条规则",
  "explain.by-person": "人工确认",
  "explain.by-both": "{count} 条规则和人工确认",
  "explain.by-nobody": "无法从对象判定",
  "explain.decided-by": "由 {count} 条规则判定，有一个问题即未通过：",
  "explain.includes": "包含 {list} 的全部内容。",
  "explain.look": "需人工确认：{text}。",
  "explain.undecidable": "无法从对象判定：{text}。",
};
