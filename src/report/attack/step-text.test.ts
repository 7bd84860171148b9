// Every technique's sentence, in every language, from the chains of the techniques' own fixtures.

import { readdirSync, readFileSync } from "node:fs";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import { createAttackGraph, type AttackGraph } from "../../attack/attack-graph.ts";
import { resourcesOf } from "../../attack/resources.fixture.ts";
import { techniqueWorld } from "../../attack/technique-world.ts";
import { TECHNIQUES } from "../../attack/techniques.ts";
import { tellChain } from "../../attack/told-chain.ts";
import { catalogueOf } from "../catalogue.ts";
import { stepText } from "./step-text.ts";

const FOLDER = new URL("../../attack/techniques/", import.meta.url);

function graphOf(folder: string): AttackGraph {
  const text = readFileSync(new URL(`${folder}/positive.yaml`, FOLDER), "utf8");
  const minor = Number(/^# minor: (\d+)$/m.exec(text)?.[1] ?? 37);
  const world = techniqueWorld(resourcesOf(loadAll(text)), { minor, isComplete: false });
  return createAttackGraph(world, TECHNIQUES);
}

describe.each(readdirSync(FOLDER))("the sentence of %s", (folder) => {
  it.each(["en", "zh-CN"] as const)("is whole in %s", (language) => {
    const graph = graphOf(folder);
    const own = graph.steps.flatMap(({ technique }, index) => (technique?.id === folder ? [index] : []));
    expect(own.length).toBeGreaterThan(0);
    for (const index of own) {
      for (const told of tellChain(graph, [index])) {
        const text = stepText(told, catalogueOf(language));
        expect(text).not.toMatch(/attack\.step|[{}]|undefined|\s{2}/);
      }
    }
  });
});
