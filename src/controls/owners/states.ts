// What each rule said of each owner, a byte a verdict: instances may correct it.

import { VERDICTS, type VerdictState } from "../../verdicts/outcome.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { Owner } from "./owners.ts";

/** The rules of a run, and where each stands among them. */
export interface Places {
  readonly rules: readonly Rule[];
  readonly of: (rule: Rule) => number;
}

export function placesOf(rules: readonly Rule[]): Places {
  const places = new Map<Rule, number>(rules.map((rule, place) => [rule, place]));
  return { rules, of: (rule) => places.get(rule) ?? rules.length };
}

export interface States {
  /** `undefined` while the rule said nothing of the owner. */
  readonly get: (owner: Owner, rule: Rule) => VerdictState | undefined;
  readonly set: (owner: Owner, rule: Rule, state: VerdictState) => void;
}

const NOTHING = 0xff;

export function createStates(places: Places): States {
  const byOwner = new Map<Owner, Uint8Array>();
  return {
    get: (owner, rule) => VERDICTS[byOwner.get(owner)?.[places.of(rule)] ?? NOTHING],
    set: (owner, rule, state) => {
      let bytes = byOwner.get(owner);
      if (bytes === undefined) {
        bytes = new Uint8Array(places.rules.length).fill(NOTHING);
        byOwner.set(owner, bytes);
      }
      bytes[places.of(rule)] = VERDICTS.indexOf(state);
    },
  };
}
