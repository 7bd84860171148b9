// The fix that a rule's page shows does what it says. Under "How to fix" stands a block marked ```yaml fix: one or more
// strategic merge patches, as `kubectl patch --patch-file` takes them. A patch that names kind and name is for that
// object of bad.yaml (and adds the object where there is none); one that names neither is for its first object.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";
import { REPOSITORY, ruleFolders } from "../../../../scripts/rule-folders.ts";
import { evaluateManifest } from "../../../../test/evaluate-manifest.ts";
import { applyPatch } from "../../../../test/strategic-merge.ts";

interface Named {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
}

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), "utf8");
}

function fixesOf(page: string): readonly Named[] {
  const section = /^## How to fix\n([\s\S]*?)^## /m.exec(page)?.[1] ?? "";
  const [, block] = /^```yaml fix\n([\s\S]*?)^```$/m.exec(section) ?? [];
  return block === undefined ? [] : (loadAll(block) as Named[]); // our own documentation
}

function fixed(objects: readonly Named[], fixes: readonly Named[]): readonly Named[] {
  return fixes.reduce<readonly Named[]>((current, fix) => {
    const isUnnamed = fix.kind === undefined && fix.metadata?.name === undefined;
    const at = current.findIndex(
      (object) => isUnnamed || (object.kind === fix.kind && object.metadata?.name === fix.metadata?.name),
    );
    if (at === -1) return [...current, fix];
    return current.map((object, index) => (index === at ? (applyPatch(object, fix) as Named) : object)); // of two objects
  }, objects);
}

function print(objects: readonly unknown[]): string {
  return objects.map((object) => JSON.stringify(object)).join("\n---\n");
}

describe.each(ruleFolders().filter(({ layer }) => layer === "workloads"))("$layer/$name", ({ layer, path }) => {
  const fixes = fixesOf(read(`${path}/README.md`));

  test("shows its fix as a patch", () => expect(fixes.length).toBeGreaterThan(0));

  test("the fix silences exactly its finding, and applied again changes nothing", async () => {
    const objects = loadAll(read(`${path}/bad.yaml`)) as Named[]; // our own fixture
    const once = fixed(objects, fixes);
    expect(fixed(once, fixes)).toEqual(once);
    const { findings, gaps } = await evaluateManifest(print(once));
    expect(gaps).toEqual([]);
    expect(findings.filter(({ rule }) => rule.id.startsWith(`${layer}/`)).map(({ rule }) => rule.id)).toEqual([]);
  });
});
