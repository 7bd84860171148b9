// The template of rules about keys that a ConfigMap or Secret of the input does not have. Values are never looked at.

import { NOT_APPLICABLE, type Failure, type Outcome } from "../../verdicts/outcome.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { byEntry, orNone, namedWith } from "./missing-reference-rule.ts";
import type { Inventory } from "./references/inventory.ts";
import type { Reference, TargetKind } from "./references/reference.ts";
import { similarNames } from "./references/similar-names.ts";
import { relationRule, type Judgement, type RelationRuleMetadata } from "./relation-rule.ts";

const MOST_KEYS_NAMED = 6;

/** Fails once for each resource, object and key. Objects whose keys cannot be known decide nothing. */
export function missingKeyRule(target: TargetKind, metadata: RelationRuleMetadata): ClusterRule {
  return relationRule({
    ...metadata,
    *judge({ referencesTo, inventory }): Iterable<Judgement> {
      const withKeys = referencesTo(target).filter(({ reference }) => reference.keys !== undefined);
      for (const [{ resource }, references] of byEntry(withKeys)) {
        yield { resource, outcomes: judgeKeys(references, inventory) };
      }
    },
  });
}

function judgeKeys(references: readonly Reference[], inventory: Inventory): readonly Outcome[] {
  const failures = new Map<string, Failure>();
  let isDecided = false;
  for (const reference of references) {
    const presence = inventory.find(reference);
    if (presence.kind !== "present" || presence.keys === undefined) continue;
    isDecided = true;
    if (reference.isOptional) continue;
    for (const failure of failuresOf(reference, presence.keys)) {
      const known = failures.get(failure.key);
      const evidence = [...(known?.evidence ?? []), ...failure.evidence];
      failures.set(failure.key, { ...failure, evidence });
    }
  }
  return isDecided ? [...failures.values()] : NOT_APPLICABLE;
}

function failuresOf({ keys, name }: Reference, present: ReadonlySet<string>): readonly Failure[] {
  return (keys ?? []).flatMap(({ key, path }) => {
    if (present.has(key)) return [];
    const similar = similarNames(key, present);
    const known = [...present];
    const shown = known.length > MOST_KEYS_NAMED ? [...known.slice(0, MOST_KEYS_NAMED), "…"] : known;
    const values = { ...namedWith(`${name}/${key}`, similar), target: name, key, known: orNone(shown) };
    return [{ kind: "fail", key: `${name}/${key}`, arguments: values, evidence: [{ path, value: key }] }];
  });
}
