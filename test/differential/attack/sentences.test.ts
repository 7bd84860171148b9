// Every step that can come up in a chain has a sentence in each language, with all that the sentence speaks of.

import fc from "fast-check";
import { expect, it } from "vitest";
import { createAttackGraph, type AttackGraph } from "../../../src/attack/attack-graph.ts";
import { TECHNIQUES } from "../../../src/attack/techniques.ts";
import { stepText } from "../../../src/report/attack/step-text.ts";
import { catalogueOf } from "../../../src/report/catalogue.ts";
import { readFixture, type ApiObject } from "./fixture.ts";
import { attackWorld } from "./proposed-change.ts";
import { randomWorld } from "./random-world.ts";

const CATALOGUES = [catalogueOf("en"), catalogueOf("zh-CN")];

/** Ids of techniques among the steps. */
function expectSentences({ steps, holdings }: AttackGraph): readonly string[] {
  const told: string[] = [];
  for (const { technique, says = {}, gives, cost } of steps) {
    const to = holdings[gives];
    if (technique === undefined || to === undefined || cost === 0) continue;
    told.push(technique.id);
    for (const catalogue of CATALOGUES) {
      const text = stepText({ technique, says, to, facts: [], because: [] }, catalogue);
      expect({ technique: technique.id, text, isSaid: !UNSAID.test(text) }).toMatchObject({ isSaid: true });
    }
  }
  return told;
}

/** The id of a sentence that is not there, or a part of one that is not filled in. */
const UNSAID = /attack\.|\{\w*\}|undefined/;

const graphOf = (objects: readonly ApiObject[], isComplete: boolean): AttackGraph =>
  createAttackGraph(attackWorld(objects, { minor: 36, isComplete }), TECHNIQUES);

it("every step of every fixture has a sentence", () => {
  for (const { id } of TECHNIQUES) expectSentences(graphOf(readFixture(id, "positive").objects, false));
});

it("every step in random clusters has a sentence", () => {
  const told = new Set<string>();
  fc.assert(
    fc.property(randomWorld, ({ objects, isComplete }) => {
      for (const id of expectSentences(graphOf(objects, isComplete))) told.add(id);
    }),
    { seed: 46_001, numRuns: 200 },
  );
  expect(told.size).toBeGreaterThan(30);
});
