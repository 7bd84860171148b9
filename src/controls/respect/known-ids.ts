// Other tools' ids to the rules that ask the same, for one tool.

import type { Rule } from "../../verdicts/rule.ts";
import { RESPECTED_TOOLS, type RespectedTool } from "./respected-tool.ts";

export interface KnownIds {
  readonly rulesOf: (id: string) => readonly Rule[];
  /** Every rule the tool has a word for. */
  readonly all: readonly Rule[];
}

export function knownIdsOf(tool: RespectedTool, rules: readonly Rule[]): KnownIds {
  const byId = new Map<string, Rule[]>();
  const all: Rule[] = [];
  for (const rule of rules) {
    const ids = rule.knownAs?.[RESPECTED_TOOLS[tool]] ?? [];
    if (ids.length > 0) all.push(rule);
    for (const id of ids) {
      const key = normal(tool, id);
      byId.set(key, [...(byId.get(key) ?? []), rule]);
    }
  }
  return { all, rulesOf: (id) => byId.get(normal(tool, id)) ?? [] };
}

/** Trivy writes one check as `KSV-0017`, `KSV017` and `AVD-KSV-0017`; no tool tells its ids apart by case. */
function normal(tool: RespectedTool, id: string): string {
  const text = id.trim().toUpperCase();
  return tool === "trivy" ? text.replace(/^AVD-/, "").replace(/^([A-Z]+)-?0*(\d+)$/, "$1-$2") : text;
}
