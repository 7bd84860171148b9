// The engine against the naive evaluator on random worlds. The million probes are in agreement.long.test.ts.

import fc from "fast-check";
import { expect, test } from "vitest";
import { findDisagreement } from "../../../test/network/agreement.ts";
import { randomWorld } from "../../../test/network/random-world.ts";

for (const hasTiers of [false, true]) {
  for (const hasOpenQuestions of [false, true]) {
    const kind = `${hasTiers ? "with" : "without"} tiers, ${hasOpenQuestions ? "with" : "without"} open questions`;
    test(`the engine answers as the naive evaluator on random worlds ${kind}`, () => {
      const world = randomWorld({ hasTiers, hasOpenQuestions });
      const isAgreed = fc.property(world, (raw) => {
        expect(findDisagreement(raw).wrong).toBeUndefined();
      });
      fc.assert(isAgreed, { seed: 11, numRuns: 20 });
    });
  }
}
