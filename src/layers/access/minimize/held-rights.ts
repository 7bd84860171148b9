// What a subject holds by its own bindings and did not use, and what it holds that no log could show.

import type { Action } from "../action.ts";
import { atomsOf, type RuleAtom } from "../cover.ts";
import { minimalRules } from "../minimal-rules.ts";
import { ruleKey, type PolicyRule } from "../policy-rule.ts";
import { ruleAllows } from "../rule-match.ts";
import type { OwnBinding } from "./own-bindings.ts";
import { unseenReason, type Unseen } from "./unseen.ts";

export interface ScopedRules {
  /** Empty for the whole cluster. */
  readonly namespace: string;
  readonly rules: readonly PolicyRule[];
}

export interface HeldAtom {
  readonly namespace: string;
  readonly atom: RuleAtom;
  readonly unseen: Unseen | undefined;
}

/** Every right of the own bindings, atom by atom, each once a scope. */
export function heldAtoms<S>(own: readonly OwnBinding<S>[]): readonly HeldAtom[] {
  const held = new Map<string, HeldAtom>();
  for (const { binding, role } of own) {
    const { namespace } = binding.resource;
    for (const rule of role?.rules.rules ?? []) {
      for (const atom of atomsOf(rule)) {
        held.set(`${namespace} ${ruleKey(atom)}`, { namespace, atom, unseen: unseenReason(atom) });
      }
    }
  }
  return [...held.values()];
}

export interface UnusedRights {
  readonly unused: readonly ScopedRules[];
  /** Not used as far as the log can show, which is not far enough; by the reason. */
  readonly unjudged: readonly (ScopedRules & { readonly reason: Unseen["kind"] | "log" })[];
}

/** Of a log that does not show every use, nothing is unused. */
export function openRights({ unused, unjudged }: UnusedRights): UnusedRights {
  return { unused: [], unjudged: [...unused.map((one) => ({ ...one, reason: "log" as const })), ...unjudged] };
}

/** What of the held rights none of the actions needed. O(held × actions), each pair a comparison of texts. */
export function unusedRights(held: readonly HeldAtom[], used: readonly Action[]): UnusedRights {
  const byVerb = new Map<string, Action[]>();
  for (const action of used) {
    const same = byVerb.get(action.verb);
    if (same === undefined) byVerb.set(action.verb, [action]);
    else same.push(action);
  }
  const idle = held.filter(({ namespace, atom }) => {
    const verb = atom.verbs[0] ?? "";
    const candidates = verb === "*" ? used : (byVerb.get(verb) ?? []);
    return !candidates.some((action) => isInScope(namespace, action) && ruleAllows(atom, action));
  });
  return {
    unused: grouped(idle.filter(({ unseen }) => unseen === undefined)),
    unjudged: (["inside-writes", "impersonation", "kubelet", "other-servers", "owners"] as const).flatMap((reason) =>
      grouped(idle.filter(({ unseen }) => unseen?.kind === reason)).map((one) => ({ ...one, reason })),
    ),
  };
}

function isInScope(namespace: string, action: Action): boolean {
  return namespace === "" || (action.kind === "resource" && action.namespace === namespace);
}

function grouped(atoms: readonly HeldAtom[]): readonly ScopedRules[] {
  const byNamespace = Map.groupBy(atoms, ({ namespace }) => namespace);
  return [...byNamespace.keys()].toSorted().map((namespace) => ({
    namespace,
    rules: minimalRules((byNamespace.get(namespace) ?? []).map(({ atom }) => atom)),
  }));
}
