// What a subject used, sorted: what its own roles have to give, what it has anyway, what today's rights no longer give,
// and what the log cannot say.

import type { Access } from "../access-engine.ts";
import type { Action } from "../action.ts";
import { nodeIdentity, type Identity } from "../identity.ts";
import type { CheckPurpose, Requirement } from "../requirement.ts";
import type { Beside } from "./beside.ts";
import { besideRequirement } from "./besides-requirement.ts";
import { resolveRequirement, type Needed, type Standing } from "./resolve-requirement.ts";
import type { IdentityUse } from "./usage.ts";

/** One used tuple: an action the request asked for, or what it was checked for beside. */
export interface UsedTuple {
  readonly identity: Identity;
  readonly purpose: CheckPurpose;
  readonly requirement: Requirement;
  readonly requests: number;
  readonly isAskedByOthers: boolean;
}

/** A use whose check the log does not show in full. */
export interface UnknownUse {
  readonly beside: Beside;
  readonly requests: number;
}

export interface SubjectNeeds {
  /** Used, allowed today, and only by the subject's own bindings. */
  readonly needed: readonly (UsedTuple & { readonly by: readonly Needed[] })[];
  /** Used, and allowed by groups or by what every API server brings. */
  readonly kept: readonly UsedTuple[];
  /** Used in the log, and not allowed today. */
  readonly noLonger: readonly UsedTuple[];
  readonly unknown: readonly UnknownUse[];
}

/** Sorts the uses of one user. `present` is `undefined` where only the log is known. */
export function subjectNeeds<S>(
  uses: readonly IdentityUse[],
  present: Access<S> | undefined,
  residual: Access<S>,
): SubjectNeeds {
  const needed: (UsedTuple & { by: readonly Needed[] })[] = [];
  const kept: UsedTuple[] = [];
  const noLonger: UsedTuple[] = [];
  const unknown: UnknownUse[] = [];
  for (const { identity, actions, besides } of uses) {
    const standing: Standing<S> = { identity, present, residual };
    const sort = (tuple: UsedTuple): void => {
      const by = resolveRequirement(standing, tuple.requirement);
      if (by === undefined) noLonger.push(tuple);
      else if (by.length === 0) kept.push(tuple);
      else needed.push({ ...tuple, by });
    };
    for (const { action, requests, isAskedByOthers } of actions) {
      if (isOfKubelet(identity, action)) continue;
      const requirement: Requirement = { kind: "action", purpose: "request", action };
      sort({ identity, purpose: "request", requirement, requests, isAskedByOthers });
    }
    for (const { beside, requests } of besides) {
      const read = besideRequirement(present ?? residual, identity, beside);
      if (read.kind === "unknown") unknown.push({ beside, requests });
      if (read.kind !== "known") continue;
      const { requirement } = read;
      const tuple = { identity, purpose: purposeOf(beside), requirement, requests, isAskedByOthers: false };
      // Whether this is checked at all depends on an admission plugin: only a right held today may have been used.
      const isOptional = beside.kind === "blocking-owner";
      if (isOptional && (present === undefined || resolveRequirement(standing, requirement) === undefined)) continue;
      sort(tuple);
    }
  }
  return { needed, kept, noLonger, unknown };
}

/** What the Node authorizer decides is no matter of roles. */
function isOfKubelet(identity: Identity, _action: Action): boolean {
  return nodeIdentity(identity) !== undefined;
}

function purposeOf(beside: Beside): CheckPurpose {
  switch (beside.kind) {
    case "create-on-update":
      return "create-on-update";
    case "connect":
      return "connect-needs-create";
    case "role-write":
      return "escalate";
    case "binding-write":
      return "bind";
    case "signer":
      return beside.purpose;
    case "parameters":
      return "read-parameters";
    case "impersonation":
      return "impersonate";
    case "blocking-owner":
      return "finalize-owner";
  }
}
