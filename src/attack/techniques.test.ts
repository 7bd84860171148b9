// Every technique against its fixtures: the first comment lines of each say who attacks, and what is gained.

import { readdirSync, readFileSync } from "node:fs";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import { createAttackGraph } from "./attack-graph.ts";
import { createSearcher } from "./closure.ts";
import { holdingKey } from "./holding.ts";
import { resourcesOf } from "./resources.fixture.ts";
import { techniqueWorld } from "./technique-world.ts";
import { TECHNIQUES } from "./techniques.ts";
import { derivationOf } from "./witness.ts";

const FOLDER = new URL("techniques/", import.meta.url);
const HEADINGS = ["## What it is", "## What it needs", "## How it is stopped", "## Source"];
const folders = readdirSync(FOLDER);

describe.each(folders)("%s", (folder) => {
  const technique = TECHNIQUES.find(({ id }) => id === folder);
  const read = (file: string): string => readFileSync(new URL(`${folder}/${file}`, FOLDER), "utf8");

  it("is registered, with a page and what it is called by others", () => {
    expect(technique).toBeDefined();
    expect(technique?.attack.every((id) => /^T\d{4}(\.\d{3})?$/.test(id))).toBe(true);
    const page = read("README.md");
    for (const heading of HEADINGS) expect(page).toContain(heading);
    for (const id of technique?.attack ?? []) expect(page).toContain(id);
  });

  it("gains what positive.yaml says, by this technique", () => {
    const { gains, chain } = attack(read("positive.yaml"));
    expect(gains, "the promised holding is reached").toBe(true);
    expect(chain).toContain(folder);
  });

  it("gains nothing from negative.yaml", () => {
    expect(attack(read("negative.yaml")).gains).toBe(false);
  });
});

describe("the list of techniques", () => {
  it("is in alphabetical order and has a folder each", () => {
    const ids = TECHNIQUES.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(ids).toEqual(folders.toSorted());
  });

  it("is told in docs/access-escalations.md, each with its page", () => {
    const told = readFileSync(new URL("../../docs/access-escalations.md", import.meta.url), "utf8");
    const pages = [...told.matchAll(/\(\.\.\/src\/attack\/techniques\/([\w-]+)\/README\.md\)/g)].map(
      ([, id = ""]) => id,
    );
    expect(pages.toSorted()).toEqual(folders.toSorted());
  });
});

/** `# attacker: user NAME`, `# gains: KIND PARTS…` as in holdingKey, `# minor: 34`. */
function attack(text: string): { readonly gains: boolean; readonly chain: readonly string[] } {
  const comment = (name: string): string | undefined =>
    new RegExp(`^# ${name}: (.*)$`, "m").exec(text)?.[1]?.trim().replaceAll(" ", "\u0001");
  const minor = Number(comment("minor") ?? 37);
  const world = techniqueWorld(resourcesOf(loadAll(text)), { minor, isComplete: false });
  const graph = createAttackGraph(world, TECHNIQUES);
  const at = (name: string): number => graph.holdings.findIndex((holding) => holdingKey(holding) === comment(name));
  const start = at("attacker");
  const target = at("gains");
  if (start === -1 || target === -1) return { gains: false, chain: [] };
  const closure = createSearcher(graph).from([start]);
  if (!closure.has(target)) return { gains: false, chain: [] };
  const chain = derivationOf(graph, closure, target).map((step) => graph.steps[step]?.technique?.id ?? "");
  return { gains: true, chain };
}
