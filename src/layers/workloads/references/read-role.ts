// Roles as hints at what an application makes of itself: the right to create cannot be limited to a name, so those who
// mean one object grant `create` for the kind and the rest with `resourceNames`.

import { policyRuleShape } from "../../../kubernetes/rbac.ts";
import { array, narrow, object, type TypeOf } from "../../../kubernetes/shape.ts";
import type { MadeObject } from "./made-object.ts";
import type { ReadFacts } from "./object-facts.ts";
import { CONFIG_MAP, isObjectName, SECRET, VOLUME_CLAIM, type TargetKind } from "./reference.ts";

const role = object({ rules: array(policyRuleShape) });
type Rule = TypeOf<typeof policyRuleShape> | null;

const KINDS: Readonly<Record<string, TargetKind>> = {
  configmaps: CONFIG_MAP,
  persistentvolumeclaims: VOLUME_CLAIM,
  secrets: SECRET,
};

/** The objects a Role names, of kinds that it lets its subjects create. */
export const readRole: ReadFacts = (raw, { namespace }) => {
  const narrowed = narrow(role, raw);
  if (!narrowed.ok) return {}; // the access layer reports it
  const rules = narrowed.value.rules ?? [];
  const created = new Set(rules.filter(grantsCreate).flatMap(kindsOf));
  const makes = rules.flatMap((rule): readonly MadeObject[] =>
    kindsOf(rule)
      .filter((target) => created.has(target))
      .flatMap((target) => namesOf(rule).map((name) => ({ target, namespace, name }))),
  );
  return makes.length === 0 ? {} : { makes };
};

function grantsCreate(rule: Rule): boolean {
  return namesOf(rule).length === 0 && rule?.verbs?.some((verb) => verb === "create" || verb === "*") === true;
}

function namesOf(rule: Rule): readonly string[] {
  return (rule?.resourceNames ?? []).filter(isObjectName);
}

/** By the name of the resource: who may do everything does not mean this. */
function kindsOf(rule: Rule): readonly TargetKind[] {
  if (rule?.apiGroups?.includes("") !== true) return [];
  return (rule.resources ?? []).flatMap((resource) =>
    resource !== null && Object.hasOwn(KINDS, resource) ? (KINDS[resource] ?? []) : [],
  );
}
