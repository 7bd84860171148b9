// Gateway API routes into a namespace that has not granted it.

import { NOT_APPLICABLE, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { Resource } from "../../../../cluster/resource.ts";
import { byEntry } from "../../missing-reference-rule.ts";
import { SERVICE, targetKindOf, type Reference } from "../../references/reference.ts";
import type { DetailedEntry } from "../../references/relations.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

const ROUTE_GROUP = "gateway.networking.k8s.io/";

export const rule: ClusterRule = relationRule({
  id: "workloads/route-backend-without-grant",
  severity: "low",
  since: "0.1.0",
  reads: ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "Service", "ReferenceGrant"],
  frameworks: [],
  references: ["gateway-api/apis/v1beta1/referencegrant_types.go"],
  *judge(relations): Iterable<Judgement> {
    const abroad = relations
      .referencesTo(SERVICE)
      .filter(
        ({ entry, reference }) =>
          entry.facts.kind.startsWith(ROUTE_GROUP) && reference.namespace !== entry.resource.id.namespace,
      );
    const grants = relations.ofRole("reference-grant");
    for (const [{ resource }, references] of byEntry(abroad)) {
      const present = references.filter(
        ({ name, namespace }) => relations.inventory.get(SERVICE, namespace, name) !== undefined,
      );
      const refused = present.filter((reference) => !grants.some((grant) => allows(grant, resource, reference)));
      yield { resource, outcomes: present.length === 0 ? NOT_APPLICABLE : refused.map(failure) };
    }
  },
  text: {
    en: {
      title: "Route leads to another namespace without its consent",
      message: "No ReferenceGrant in {namespace} lets this route lead to Service {target}",
      risk: "The route answers with an error; a gateway that does not check lets any team publish another team's Service.",
      fix: "Add a ReferenceGrant in the Service's namespace.",
    },
    "zh-CN": {
      title: "路由指向其他命名空间但未获授权",
      message: "{namespace} 中没有 ReferenceGrant 允许该路由指向 Service {target}",
      risk: "该路由返回错误；若网关不做检查，任何团队都能对外发布其他团队的 Service。",
      fix: "在该 Service 所在的命名空间中添加 ReferenceGrant。",
    },
  },
});

function allows(
  { resource, detail }: DetailedEntry<"reference-grant">,
  { id }: Resource,
  { target, namespace, name }: Reference,
): boolean {
  if (resource.id.namespace !== namespace) return false;
  const kind = targetKindOf(id.apiVersion, id.kind);
  const isFrom = detail.from.some((from) => from.kind === kind && from.namespace === id.namespace);
  return isFrom && detail.to.some((to) => to.kind === target && (to.name === "" || to.name === name));
}

function failure({ name, namespace, path }: Reference): Outcome {
  const key = `${namespace}/${name}`;
  const evidence = [{ path: [...path.slice(0, -1), "namespace"], value: namespace }];
  return { kind: "fail", key, arguments: { name: key, target: name, namespace }, evidence };
}
