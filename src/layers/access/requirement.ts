// What the API server asks before it lets an operation through: the request itself and its secondary checks, as a tree,
// so that a refusal can say which check failed and what would have been enough.

import type { Access } from "./access-engine.ts";
import type { Action } from "./action.ts";
import type { Decision } from "./decision.ts";
import type { EscalationVerdict } from "./escalation.ts";
import { forbiddenMessage } from "./forbidden-message.ts";
import { MASTERS_GROUP, type Identity } from "./identity.ts";
import { writeWording } from "./resolution-error.ts";
import type { PolicyRule } from "./policy-rule.ts";

/** Why a check is made. Only `request` ever appears as a verb in an audit log. */
export type CheckPurpose =
  | "request"
  | "create-on-update"
  | "connect-needs-create"
  | "escalate"
  | "bind"
  | "aggregate"
  | "approve"
  | "sign"
  | "attest"
  | "read-parameters"
  | "delete-to-own"
  | "finalize-owner"
  | "impersonate"
  | "impersonate-on";

export type Requirement =
  | Check
  | { readonly kind: "all"; readonly of: readonly Requirement[] }
  | { readonly kind: "any"; readonly of: readonly Requirement[] };

/** One check of a requirement. */
export type Check =
  | { readonly kind: "action"; readonly purpose: CheckPurpose; readonly action: Action }
  | {
      /** The identity's own rules in the namespace must cover these. */
      readonly kind: "cover";
      readonly purpose: CheckPurpose;
      readonly namespace: string;
      readonly rules: readonly PolicyRule[];
      /** The resource that is written, by which errors are named. */
      readonly resource: string;
      /** Said instead of what is uncovered. */
      readonly message?: string;
    }
  | { /** Member of system:masters. */ readonly kind: "masters" }
  | { /** Nobody meets it. */ readonly kind: "never"; readonly message: string };

export type Verdict<S> =
  | {
      readonly kind: "action";
      readonly met: boolean;
      readonly requirement: Requirement;
      readonly decision: Decision<S>;
    }
  | {
      readonly kind: "cover";
      readonly met: boolean;
      readonly requirement: Requirement;
      readonly escalation: EscalationVerdict<S>;
    }
  | { readonly kind: "fixed"; readonly met: boolean; readonly requirement: Requirement }
  | {
      readonly kind: "parts";
      readonly met: boolean;
      readonly requirement: Requirement;
      readonly parts: readonly Verdict<S>[];
    };

/** Evaluates every check, also after the first that decides, so that alternatives and all gaps are seen. */
export function evaluate<S>(access: Access<S>, identity: Identity, requirement: Requirement): Verdict<S> {
  switch (requirement.kind) {
    case "action": {
      const decision = access.authorize(identity, requirement.action);
      return { kind: "action", met: decision.allowed, requirement, decision };
    }
    case "cover": {
      const escalation = access.checkEscalation(
        identity,
        requirement.namespace,
        requirement.rules,
        writeWording(requirement.resource, access.features),
      );
      return { kind: "cover", met: escalation.covered, requirement, escalation };
    }
    case "masters":
      return { kind: "fixed", met: identity.groups.includes(MASTERS_GROUP), requirement };
    case "never":
      return { kind: "fixed", met: false, requirement };
    case "all":
    case "any": {
      const parts = requirement.of.map((part) => evaluate(access, identity, part));
      const met = requirement.kind === "all" ? parts.every((part) => part.met) : parts.some((part) => part.met);
      return { kind: "parts", met, requirement, parts };
    }
  }
}

/** The API server's reason for a refusal; `undefined` when the requirement is met. */
export function refusalOf<S>(verdict: Verdict<S>, identity: Identity): string | undefined {
  if (verdict.met) return undefined;
  const { requirement } = verdict;
  switch (verdict.kind) {
    case "action":
      return requirement.kind === "action"
        ? forbiddenMessage(identity.user, requirement.action, verdict.decision.reason)
        : undefined;
    case "cover":
      return (requirement.kind === "cover" ? requirement.message : undefined) ?? verdict.escalation.message;
    case "fixed":
      return requirement.kind === "never" ? requirement.message : "must be a member of system:masters";
    case "parts": {
      const unmet = verdict.parts.filter((part) => !part.met);
      const telling = requirement.kind === "all" ? unmet[0] : unmet.at(-1); // the last alternative is the general one
      return telling === undefined ? undefined : refusalOf(telling, identity);
    }
  }
}

/** The checks of a tree, flat, in the order they are made. */
export function* checksOf(requirement: Requirement): Generator<Check> {
  if (requirement.kind === "all" || requirement.kind === "any") {
    for (const part of requirement.of) yield* checksOf(part);
  } else yield requirement;
}
