// Which of the ways to meet a requirement a proposal takes: one that is met today, the least of them.

import type { Access } from "../access-engine.ts";
import { MASTERS_GROUP, type Identity } from "../identity.ts";
import { isFullControl } from "../right.ts";
import type { Check, Requirement } from "../requirement.ts";
import { covers } from "../cover.ts";
import { resolveRules } from "../rbac-authorizer.ts";

/** A check that the subject's own roles have to meet. */
export type Needed = Extract<Check, { readonly kind: "action" | "cover" }>;

export interface Standing<S> {
  readonly identity: Identity;
  /** Today's rights; `undefined` where only the log is known. */
  readonly present: Access<S> | undefined;
  /** What stays without the subject's own bindings. */
  readonly residual: Access<S>;
}

/** The checks to be met anew; none where what stays is enough; `undefined` where it is not met today. */
export function resolveRequirement<S>(standing: Standing<S>, requirement: Requirement): readonly Needed[] | undefined {
  switch (requirement.kind) {
    case "masters":
      return standing.identity.groups.includes(MASTERS_GROUP) ? [] : undefined;
    case "never":
      return undefined;
    case "action":
    case "cover":
      if (isMet(standing.residual, standing.identity, requirement)) return [];
      if (standing.present === undefined) return [requirement];
      return isMet(standing.present, standing.identity, requirement) ? [requirement] : undefined;
    case "all": {
      const parts = requirement.of.map((part) => resolveRequirement(standing, part));
      return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
    }
    case "any": {
      const ways = requirement.of.flatMap((part) => {
        const way = resolveRequirement(standing, part);
        return way === undefined ? [] : [way];
      });
      return ways.reduce<readonly Needed[] | undefined>(
        (least, way) => (least === undefined || weight(way) < weight(least) ? way : least),
        undefined,
      );
    }
  }
}

/** Whether an identity meets one check. */
export function isMet<S>(access: Access<S>, identity: Identity, check: Needed): boolean {
  if (check.kind === "action") return access.authorize(identity, check.action).allowed;
  return covers(resolveRules(access.state.rbac, identity, check.namespace).rules, check.rules).covered;
}

/** How much more than itself a check gives away: what it names exactly is little, what names everything is most. */
function weight(needed: readonly Needed[]): number {
  return needed.reduce((sum, check) => sum + weightOf(check), 0);
}

function weightOf(check: Needed): number {
  if (check.kind === "cover") return check.rules.some(isFullControl) ? 10_000 : 10;
  if (check.purpose === "escalate") return 1000;
  const isAll = check.action.kind === "resource" && (check.action.name.endsWith("*") || check.action.resource === "*");
  return isAll ? 100 : 1;
}
