// Equal rights by whichever role, as one holding: a request that needs two rights does not care which of a hundred roles gives
// each, as long as they are one identity's.

import type { GrantedRole } from "./granted-role.ts";
import { holdingKey, type Holding } from "./holding.ts";
import type { TogetherRights } from "./joint-question.ts";
import type { Right } from "./right.ts";
import type { Step } from "./step.ts";

export interface AggregateSource {
  readonly add: (step: Step) => void;
  /** Adds the steps by which the role, as `one` has it, gives what the right gives. */
  readonly stepsFrom: (right: Right, one: GrantedRole, gives: Holding) => void;
  readonly ofOne: (role: GrantedRole, holder: Holding) => GrantedRole;
  readonly gained: (role: GrantedRole) => GrantedRole;
}

/** Whichever role gives it; called as one that does. */
function someRole({ kind, name, namespace }: GrantedRole, holding: Holding, of?: Holding): GrantedRole {
  return { kind, name, role: undefined, namespace, holding, acting: holding, bound: [], of };
}

export function createAggregates({ add, stepsFrom, ofOne, gained }: AggregateSource): TogetherRights {
  const rights = new Map<string, Right>();
  const bases = new Map<string, readonly Right[]>();
  const seen = new Set<string>();
  const aggregate = (right: Right, holding: Holding, of: Holding | undefined): Right => {
    const key = `${holdingKey(holding)} ${right.isOfEverything}`;
    let found = rights.get(key);
    if (found === undefined) rights.set(key, (found = { ...right, holding, by: someRole(right.by, holding, of) }));
    return found;
  };
  /** Once for each right and holding. */
  const once = (right: Right, holding: Holding, then: () => void): void => {
    const key = `${holdingKey(right.holding)} ${holdingKey(holding)}`;
    if (!seen.has(key)) then();
    seen.add(key);
  };
  return {
    own: (right, holder) => {
      if (right.by.of !== undefined) return right; // of one identity as it is
      const { power, namespace, name } = right;
      const holding: Holding = { kind: "right", holder, power, namespace, name };
      once(right, holding, () => stepsFrom(right, ofOne(right.by, holder), holding));
      return aggregate(right, holding, holder);
    },
    gained: (right) => {
      const { power, namespace, name } = right;
      const holding: Holding = { kind: "means", of: "gained-right", namespace, name: `${power} ${name}` };
      once(right, holding, () => stepsFrom(right, gained(right.by), holding));
      return aggregate(right, holding, undefined);
    },
    base: (ofOneRole) => {
      const [first] = ofOneRole;
      if (first === undefined) return [];
      const name = ofOneRole.map((right) => `${right.power} ${right.name}`).join(", ");
      const holding: Holding = { kind: "means", of: "some-rights", namespace: first.namespace, name };
      once(first, holding, () => add({ needs: ofOneRole.map((right) => right.holding), gives: holding }));
      const key = holdingKey(holding);
      let found = bases.get(key);
      if (found === undefined) {
        const by = someRole(first.by, holding);
        bases.set(key, (found = ofOneRole.map((right) => ({ ...right, holding, by, isOfEverything: false }))));
      }
      return found;
    },
  };
}
