// Rights of one subject as the fewest roles: a ClusterRole for what is needed everywhere, a Role in each namespace, and
// one ClusterRole, bound in each, where several namespaces need the same.

import { covers } from "../cover.ts";
import { minimalRules } from "../minimal-rules.ts";
import { ruleKey, type PolicyRule } from "../policy-rule.ts";
import type { ScopedAtom } from "./scoped-atom.ts";

export interface PlannedRole {
  readonly kind: "Role" | "ClusterRole";
  readonly name: string;
  readonly rules: readonly PolicyRule[];
  /** Where it is bound; an empty text for the whole cluster. */
  readonly namespaces: readonly string[];
}

/** The roles that grant exactly the atoms. `name` is the name of all; shared ones are numbered. */
export function planRoles(atoms: Iterable<ScopedAtom>, name: string): readonly PlannedRole[] {
  const byNamespace = new Map<string, PolicyRule[]>();
  for (const { namespace, rule } of atoms) {
    const rules = byNamespace.get(namespace);
    if (rules === undefined) byNamespace.set(namespace, [rule]);
    else rules.push(rule);
  }
  const everywhere = byNamespace.get("") ?? [];
  const planned: PlannedRole[] = [];
  if (everywhere.length > 0)
    planned.push({ kind: "ClusterRole", name, rules: minimalRules(everywhere), namespaces: [""] });
  const alike = new Map<string, { readonly rules: readonly PolicyRule[]; readonly namespaces: string[] }>();
  for (const namespace of [...byNamespace.keys()].filter((one) => one !== "").toSorted()) {
    const own = (byNamespace.get(namespace) ?? []).filter((rule) => !covers(everywhere, [rule]).covered);
    if (own.length === 0) continue;
    const rules = minimalRules(own);
    const key = rules.map(ruleKey).join("\n");
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { rules, namespaces: [namespace] });
    else known.namespaces.push(namespace);
  }
  let shared = 0;
  for (const { rules, namespaces } of alike.values()) {
    if (namespaces.length === 1) planned.push({ kind: "Role", name, rules, namespaces });
    else planned.push({ kind: "ClusterRole", name: `${name}:${++shared}`, rules, namespaces });
  }
  return planned;
}
