// A million probes of random worlds, each asked of the engine and of the naive evaluator.

import fc from "fast-check";
import { expect, test } from "vitest";
import { findDisagreement } from "../../../test/network/agreement.ts";
import { randomWorld } from "../../../test/network/random-world.ts";

test("the engine answers a million probes of random worlds as the naive evaluator", () => {
  let probes = 0;
  for (const hasOpenQuestions of [false, true]) {
    const property = fc.property(randomWorld({ hasTiers: true, hasOpenQuestions }), (raw) => {
      const found = findDisagreement(raw);
      probes += found.probes;
      expect(found.wrong).toBeUndefined();
    });
    fc.assert(property, { seed: 5, numRuns: 250 });
  }
  expect(probes).toBeGreaterThanOrEqual(1_000_000);
}, 600_000);
