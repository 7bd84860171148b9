// How often what a change takes away was used, by an audit log: the difference between a change that can be made today and
// one that breaks somebody.

import type { Action } from "../layers/access/action.ts";
import { combinedResource } from "../layers/access/action.ts";
import type { RbacGrant } from "../layers/access/grant.ts";
import type { Usage } from "../layers/access/minimize/usage.ts";
import type { AttackWorld } from "./attack-world.ts";
import type { Change, Located } from "./fact.ts";
import type { Power } from "./power.ts";

/** Requests that a change would refuse; `undefined` where a log cannot say. */
export type ChangeUse = (change: Change) => number | undefined;

/** Asked beside a request, never as one (k8s.io/apiserver/pkg/audit). */
const UNLOGGED: ReadonlySet<string> = new Set(["approve", "attest", "bind", "escalate", "impersonate", "sign"]);

/** Every distinct request of the log is authorized once. */
export function changeUse(world: AttackWorld, usage: Usage, powers: readonly Power[]): ChangeUse {
  const byRule = new Map<string, number>();
  const bySubject = new Map<string, number>();
  for (const { identity, actions } of usage.identities)
    for (const { action, requests } of actions) {
      const given = powers.filter((power) => isOf(action, power));
      for (const grant of world.access.grantsOf(identity, action)) {
        if (grant.kind !== "rbac") continue;
        count(bySubject, subjectKey(grant.binding.source, Number(grant.subjectPath[1])), requests);
        for (const { id } of given) count(byRule, ruleKey(ruleOf(grant), id), requests);
      }
    }
  const unlogged = new Set(powers.filter(({ verbs }) => verbs.some(isUnlogged)).map(({ id }) => id));
  return (change) => {
    if (change.kind === "remove-subject") return bySubject.get(subjectKey(change.binding, change.index)) ?? 0;
    if (change.kind !== "narrow-role" || unlogged.has(change.power)) return undefined;
    return byRule.get(ruleKey({ role: change.role, index: change.rule }, change.power)) ?? 0;
  };
}

function count(map: Map<string, number>, key: string, requests: number): void {
  map.set(key, (map.get(key) ?? 0) + requests);
}

function isUnlogged(verb: string): boolean {
  return UNLOGGED.has(verb) || verb.startsWith("impersonate");
}

function isOf(action: Action, { verbs, apiGroup, resource }: Power): boolean {
  return (
    action.kind === "resource" &&
    verbs.includes(action.verb) &&
    action.apiGroup === apiGroup &&
    combinedResource(action) === resource
  );
}

interface RulePlace {
  readonly role: Located;
  readonly index: number;
}

function ruleOf({ role, rulePath, origin }: RbacGrant<Located>): RulePlace {
  return origin === undefined
    ? { role: role.source, index: Number(rulePath[1]) }
    : { role: origin.role.source, index: origin.index };
}

function ruleKey({ role: { id }, index }: RulePlace, power: string): string {
  return `${id.namespace}/${id.name} ${index} ${power}`;
}

function subjectKey({ id }: Located, index: number): string {
  return `${id.namespace}/${id.name} ${index}`;
}
