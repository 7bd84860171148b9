// Gateway API routes that name a listener their Gateway does not have.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { Resource } from "../../../../cluster/resource.ts";
import { byEntry, orNone, namedWith } from "../../missing-reference-rule.ts";
import { GATEWAY, type Reference } from "../../references/reference.ts";
import type { Relations } from "../../references/relations.ts";
import { similarNames } from "../../references/similar-names.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/route-listener-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "Gateway"],
  frameworks: [],
  references: ["gateway-api/apis/v1/shared_types.go"],
  *judge(relations): Iterable<Judgement> {
    const withSection = relations.referencesTo(GATEWAY).filter(({ reference }) => reference.section !== undefined);
    for (const [{ resource }, references] of byEntry(withSection)) {
      const outcomes = references.map((reference) => judge(resource, reference, relations));
      const decided = outcomes.flatMap((outcome) => outcome ?? []);
      yield { resource, outcomes: outcomes.every((outcome) => outcome === undefined) ? NOT_APPLICABLE : decided };
    }
  },
  text: {
    en: {
      title: "Route hangs on a listener the Gateway does not have",
      message: "Gateway {target} has no listener {listener} (it has: {known})",
      risk: "Nobody serves the route, often the one over TLS, so clients are sent to plain HTTP.",
      fix: "Use the name of a listener in sectionName, or leave it out.",
    },
    "zh-CN": {
      title: "路由引用了 Gateway 没有的监听器",
      message: "Gateway {target} 没有监听器 {listener}（现有：{known}）",
      risk: "没有监听器处理该路由；往往缺的正是 TLS 监听器，客户端因此改走明文 HTTP。",
      fix: "在 sectionName 中使用已有监听器的名称，或删除该字段。",
    },
  },
});

/** Nothing where the Gateway is not in the input: that is route-gateway-missing's. */
function judge(
  resource: Resource,
  { namespace, name, section }: Reference,
  { inventory }: Relations,
): readonly Outcome[] | undefined {
  const detail = inventory.get(GATEWAY, namespace, name, resource)?.facts.detail;
  if (detail?.role !== "gateway" || section?.name === undefined) return undefined;
  if (detail.sections.includes(section.name)) return PASS;
  const named = namedWith(`${name}/${section.name}`, similarNames(section.name, detail.sections));
  const values = { ...named, target: name, listener: section.name, known: orNone(detail.sections) };
  return [
    {
      kind: "fail",
      key: `${name}/${section.name}`,
      arguments: values,
      evidence: [{ path: section.path, value: section.name }],
    },
  ];
}
