// What each rule said of each owner, a byte a verdict: instances may correct it.

import { VERDICTS, type VerdictState } from "../../verdicts/outcome.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { Owner } from "./owners.ts";

export interface States {
  /** `undefined` while the rule said nothing of the owner. */
  readonly get: (owner: Owner, rule: Rule) => VerdictState | undefined;
  readonly set: (owner: Owner, rule: Rule, state: VerdictState) => void;
}

const NOTHING = 0xff;

export function createStates(rules: readonly Rule[]): States {
  const places = new Map<Rule, number>(rules.map((rule, place) => [rule, place]));
  const byOwner = new Map<Owner, Uint8Array>();
  return {
    get: (owner, rule) => {
      const place = places.get(rule);
      return place === undefined ? undefined : VERDICTS[byOwner.get(owner)?.[place] ?? NOTHING];
    },
    set: (owner, rule, state) => {
      const place = places.get(rule);
      if (place === undefined) return;
      let bytes = byOwner.get(owner);
      if (bytes === undefined) {
        bytes = new Uint8Array(rules.length).fill(NOTHING);
        byOwner.set(owner, bytes);
      }
      bytes[place] = VERDICTS.indexOf(state);
    },
  };
}
