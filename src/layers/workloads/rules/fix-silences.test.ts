// The fix that a rule's page shows does what it says (test/rule-fixes.ts says how it is written).

import { describe, expect, test } from "vitest";
import { ruleFolders } from "../../../../scripts/rule-folders.ts";
import { evaluateManifest } from "../../../../test/evaluate-manifest.ts";
import { applyFixes, fixesOf, readFixture } from "../../../../test/rule-fixes.ts";

function print(objects: readonly unknown[]): string {
  return objects.map((object) => JSON.stringify(object)).join("\n---\n");
}

const WITH_FIXES = new Set(["network", "workloads"]);

describe.each(ruleFolders().filter(({ layer }) => WITH_FIXES.has(layer)))("$layer/$name", (folder) => {
  test("shows a fix that silences exactly its finding, and applied again changes nothing", async () => {
    const fixes = await fixesOf(folder);
    expect(fixes.length).toBeGreaterThan(0);
    const once = applyFixes(await readFixture(folder, "bad.yaml"), fixes);
    expect(applyFixes(once, fixes)).toEqual(once);
    const { findings, gaps } = await evaluateManifest(print(once));
    expect(gaps).toEqual([]);
    expect(findings.filter(({ rule }) => rule.id.startsWith(`${folder.layer}/`)).map(({ rule }) => rule.id)).toEqual(
      [],
    );
  });
});
