// Findings that an owner and its instances share, and those that only instances have.

import type { ResourceId } from "../../cluster/resource-id.ts";
import type { Instances } from "../../verdicts/finding.ts";
import type { Failure } from "../../verdicts/outcome.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { Owner } from "./owners.ts";

/** A finding of an owner, or of its instances alone; findings hold it as their {@link Instances}. */
export interface Shared extends Instances {
  readonly owner: Owner;
  count: number;
  total: number;
  /** Set for what the owner does not have itself. */
  difference?: Difference;
  /** The older template a difference comes from. */
  revision?: ResourceId;
}

export interface Difference {
  readonly rule: Rule;
  readonly failure: Failure;
  /** Whose evidence it is. */
  readonly example: ResourceId;
}

export interface SharedTable {
  readonly get: (owner: Owner, rule: Rule, key: string) => Shared | undefined;
  readonly set: (owner: Owner, rule: Rule, key: string, one: Shared) => void;
  readonly values: () => Iterable<Shared>;
}

/** As by fingerprints, without computing them. */
export function createSharedTable(): SharedTable {
  const byOwner = new Map<Owner, Map<string, Shared>>();
  const all: Shared[] = [];
  return {
    get: (owner, rule, key) => byOwner.get(owner)?.get(nameOf(rule, key)),
    set: (owner, rule, key, one) => {
      let own = byOwner.get(owner);
      if (own === undefined) {
        own = new Map();
        byOwner.set(owner, own);
      }
      own.set(nameOf(rule, key), one);
      all.push(one);
    },
    values: () => all,
  };
}

function nameOf(rule: Rule, key: string): string {
  return key === "" ? rule.id : `${rule.id}\n${key}`;
}
