// The template of rules about what a namespace with pods should have beside them. They speak only of namespaces that the
// input declares: whoever declares one describes it.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../verdicts/outcome.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import type { TargetKind } from "./references/reference.ts";
import type { Relations } from "./references/relations.ts";
import { isSystemNamespace } from "./references/well-known.ts";
import { relationRule, type Judgement, type RelationRuleMetadata } from "./relation-rule.ts";

/** Fails for every declared namespace with pods that has no object of the kind. */
export function namespaceCompanionRule(companion: TargetKind, metadata: RelationRuleMetadata): ClusterRule {
  return relationRule({
    ...metadata,
    *judge(relations): Iterable<Judgement> {
      for (const { resource } of relations.ofKind("/Namespace")) {
        yield { resource, outcomes: judge(resource.id.name, companion, relations) };
      }
    },
  });
}

function judge(name: string, companion: TargetKind, { pods, inventory }: Relations): readonly Outcome[] {
  if (isSystemNamespace(name) || pods.in(name).length === 0) return NOT_APPLICABLE;
  if (inventory.describes(companion, name)) return PASS;
  return [{ kind: "fail", key: "", arguments: { name }, evidence: [{ path: ["metadata", "name"], value: name }] }];
}
