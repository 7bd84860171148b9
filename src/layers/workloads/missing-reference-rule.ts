// The template of rules about references to what is not in the input. When such a reference counts as dangling is
// decided in one place: docs/decisions/0007-references-in-partial-inputs.md.

import type { Evidence } from "../../verdicts/evidence.ts";
import { NOT_APPLICABLE, PASS, type Outcome } from "../../verdicts/outcome.ts";
import type { ClusterRule, RuleText } from "../../verdicts/rule.ts";
import type { Inventory, Presence } from "./references/inventory.ts";
import { kindOf, type Reference } from "./references/reference.ts";
import type { Entry, Referral, Relations } from "./references/relations.ts";
import { relationRule, type Judgement, type RelationRuleMetadata } from "./relation-rule.ts";

export interface MissingReferenceRuleOptions extends RelationRuleMetadata {
  /** The references it answers for. */
  readonly referrals: (relations: Relations) => readonly Referral[];
}

/** Fails once for each resource and name that is not there, with every field that holds the name. */
export function missingReferenceRule({ referrals, ...metadata }: MissingReferenceRuleOptions): ClusterRule {
  return relationRule({
    ...metadata,
    *judge(relations): Iterable<Judgement> {
      for (const [{ resource }, references] of byEntry(referrals(relations))) {
        yield { resource, outcomes: judgeAll(references, relations.inventory) };
      }
    },
  });
}

/** The references of each object, in the order read. */
export function byEntry(referrals: readonly Referral[]): ReadonlyMap<Entry, readonly Reference[]> {
  const groups = new Map<Entry, Reference[]>();
  for (const { entry, reference } of referrals) {
    const group = groups.get(entry);
    if (group === undefined) groups.set(entry, [reference]);
    else group.push(reference);
  }
  return groups;
}

function judgeAll(references: readonly Reference[], inventory: Inventory): readonly Outcome[] {
  const missing = new Map<string, { readonly similar: readonly string[]; readonly evidence: Evidence[] }>();
  const targets = new Map<string, Reference>();
  let isDecided = false;
  for (const reference of references) {
    const presence: Presence = inventory.find(reference);
    if (presence.kind !== "undescribed") isDecided = true;
    if (presence.kind !== "missing" || reference.isOptional) continue;
    const key = `${reference.target}/${reference.namespace}/${reference.name}`;
    const evidence = { path: reference.path, value: reference.name };
    const known = missing.get(key);
    targets.set(key, reference);
    if (known === undefined) missing.set(key, { similar: presence.similar, evidence: [evidence] });
    else known.evidence.push(evidence);
  }
  if (!isDecided) return NOT_APPLICABLE;
  if (missing.size === 0) return PASS;
  return [...missing].map(([key, { similar, evidence }]) => {
    const { name, target } = targets.get(key) ?? { name: "", target: "" };
    return {
      kind: "fail",
      key: name,
      arguments: {
        ...namedWith(name, similar),
        kind: kindOf(target),
        target: name,
      },
      evidence,
    };
  });
}

/** As a report lists it: `web-templats ≈ web-templates`, in any language. */
export function withSimilar(name: string, similar: readonly string[]): string {
  return similar.length === 0 ? name : `${name} ≈ ${similar.join(" | ")}`;
}

/** Arguments that name something which is not there: reports show `similar` beside it. */
export function namedWith(
  name: string,
  similar: readonly string[],
): { readonly name: string; readonly similar: string } {
  return { name: withSimilar(name, similar), similar: orNone(similar) };
}

export function orNone(names: readonly string[]): string {
  return names.length === 0 ? "–" : names.join(", ");
}

/** The texts that rules about one kind of target share. */
export function missingTexts(
  kind: string,
  english: Pick<RuleText, "risk" | "fix">,
  chinese: Pick<RuleText, "risk" | "fix">,
): Readonly<Record<"en" | "zh-CN", RuleText>> {
  return {
    en: {
      title: `${kind} that is referred to is not in the input`,
      message: `${kind} {target} is not in the input (similar: {similar})`,
      ...english,
    },
    "zh-CN": {
      title: `所引用的 ${kind} 不在输入中`,
      message: `输入中没有名为 {target} 的 ${kind}（相近的名称：{similar}）`,
      ...chinese,
    },
  };
}
