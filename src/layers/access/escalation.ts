// Nobody grants what they do not have: the check on the rules of roles and of the roles that bindings refer to
// (k/k pkg/registry/rbac/validation/rule.go ConfirmNoEscalation).

import { compactRules, ruleText } from "./compact-rules.ts";
import { covers, type Coverage } from "./cover.ts";
import { goQuote, goQuoteList } from "./go-quote.ts";
import type { Identity } from "./identity.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { resolveRules, type ResolvedRules } from "./rbac-authorizer.ts";
import type { RbacState } from "./rbac-state.ts";
import { aggregateErrors, type ErrorWording } from "./resolution-error.ts";

export interface EscalationVerdict<S> extends Coverage {
  /** The rules the identity has itself, with their chains. */
  readonly own: ResolvedRules<S>;
  /** The API server's refusal; absent when the rules are covered. */
  readonly message?: string;
}

/**
 * Whether the identity's own rules in the namespace (empty text: cluster-wide) cover the rules to be granted. The verbs
 * escalate and bind and system:masters are outside this check.
 */
export function checkEscalation<S>(
  state: RbacState<S>,
  identity: Identity,
  namespace: string,
  rules: readonly PolicyRule[],
  wording: ErrorWording,
): EscalationVerdict<S> {
  const own = resolveRules(state, identity, namespace);
  const coverage = covers(own.rules, rules);
  if (coverage.covered) return { ...coverage, own };
  const errors = own.errors.length === 0 ? "" : `; resolution errors: [${aggregateErrors(own.errors, wording)}]`;
  return { ...coverage, own, message: `${refusal(identity, coverage.uncovered)}${errors}` };
}

function refusal({ user, groups }: Identity, uncovered: readonly PolicyRule[]): string {
  const missing = [...new Set(compactRules(uncovered).map(ruleText))].toSorted();
  const who = `user ${goQuote(user)} (groups=${goQuoteList(groups)})`;
  return `${who} is attempting to grant RBAC permissions not currently held:\n${missing.join("\n")}`;
}
