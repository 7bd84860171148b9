// The fix that a rule's page shows. Under "How to fix" stands a block marked ```yaml fix: one or more strategic merge
// patches, as `kubectl patch --patch-file` takes them. A patch that names kind and name is for that object of bad.yaml
// (and adds the object where there is none); one that names neither is for its first object. `$patch: delete` removes it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, type RuleFolder } from "../scripts/rule-folders.ts";
import { readManifestStream } from "../src/sources/manifests/manifest-source.ts";
import { applyPatch } from "./strategic-merge.ts";

export interface Manifest {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly $patch?: string;
}

export async function readFixture({ path }: RuleFolder, file: "good.yaml" | "bad.yaml"): Promise<readonly Manifest[]> {
  return readAll(readFileSync(join(REPOSITORY, path, file), "utf8"));
}

/** The patches of a rule's page; none where it shows none. */
export async function fixesOf({ path }: RuleFolder): Promise<readonly Manifest[]> {
  const page = readFileSync(join(REPOSITORY, path, "README.md"), "utf8");
  const section = /^## How to fix\n([\s\S]*?)^## /m.exec(page)?.[1] ?? "";
  const [, block] = /^```yaml fix\n([\s\S]*?)^```$/m.exec(section) ?? [];
  return block === undefined ? [] : readAll(block);
}

/** Read as kubectl reads it: `0440` is an octal number. */
async function readAll(text: string): Promise<readonly Manifest[]> {
  const values: Manifest[] = [];
  for await (const items of readManifestStream(once(text), "fixture.yaml", ".yaml")) {
    for (const item of items) {
      if (item.kind === "gap") throw new Error(JSON.stringify(item.gap));
      values.push(item.value as Manifest); // our own fixtures and documentation
    }
  }
  return values;
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

export function applyFixes(objects: readonly Manifest[], fixes: readonly Manifest[]): readonly Manifest[] {
  return fixes.reduce<readonly Manifest[]>((current, fix) => {
    const isUnnamed = fix.kind === undefined && fix.metadata?.name === undefined;
    const at = current.findIndex(
      (object) => isUnnamed || (object.kind === fix.kind && object.metadata?.name === fix.metadata?.name),
    );
    if (fix.$patch === "delete") return current.filter((_, index) => index !== at);
    if (at === -1) return [...current, fix];
    return current.map((object, index) => (index === at ? (applyPatch(object, fix) as Manifest) : object)); // of two objects
  }, objects);
}
