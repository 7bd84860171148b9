// A right that a rule of an expectation looks for, and where a PolicyRule gives it.

import type { Evidence } from "../../verdicts/evidence.ts";
import type { PolicyRule } from "./policy-rule.ts";

/** Any of the verbs on any of the resources (`pods`, `pods/exec`) of a group. */
export interface Right {
  readonly verbs: readonly string[];
  readonly apiGroup: string;
  readonly resources: readonly string[];
  /** Also when the rule is for some names only; `names` lists which names count. */
  readonly names?: "any" | readonly string[];
}

/** Everything on everything: what `cluster-admin` has of resources. */
export function isFullControl(rule: PolicyRule): boolean {
  return (
    rule.verbs.includes("*") &&
    rule.apiGroups.includes("*") &&
    rule.resources.includes("*") &&
    rule.resourceNames.length === 0
  );
}

/** The fields of `rules[index]` that give one of the rights, each once; the resource first, then the verb. */
export function givenBy(rule: PolicyRule, index: number, rights: readonly Right[]): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  const add = (list: "resources" | "verbs", at: number): void => {
    const path = ["rules", index, list, at];
    found.set(path.join("."), { path, value: rule[list][at] ?? "" });
  };
  for (const right of rights) {
    if (!rule.apiGroups.some((group) => group === "*" || group === right.apiGroup)) continue;
    if (!areNamesGiven(rule, right)) continue;
    const verbs = indexes(rule.verbs, (verb) => verb === "*" || right.verbs.includes(verb));
    if (verbs.length === 0) continue;
    const resources = indexes(rule.resources, (resource) => right.resources.some((one) => takesIn(resource, one)));
    if (resources.length === 0) continue;
    for (const at of resources) add("resources", at);
    for (const at of verbs) add("verbs", at);
  }
  return [...found.values()].toSorted((one, other) => rank(one) - rank(other));
}

function rank({ path }: Evidence): number {
  return path[2] === "resources" ? 0 : 1;
}

function areNamesGiven({ resourceNames }: PolicyRule, { names }: Right): boolean {
  if (resourceNames.length === 0 || names === "any") return true;
  return names !== undefined && resourceNames.some((name) => names.includes(name));
}

/** Whether a resource of a rule, perhaps with a wildcard, is or contains the one named. */
function takesIn(written: string, resource: string): boolean {
  if (written === resource || written === "*") return true;
  const slash = resource.indexOf("/");
  return slash !== -1 && written === `*${resource.slice(slash)}`;
}

function indexes(list: readonly string[], isMeant: (item: string) => boolean): readonly number[] {
  return list.flatMap((item, index) => (isMeant(item) ? [index] : []));
}
