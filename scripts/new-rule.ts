// `npm run new:rule -- workloads/some-name`: the five files of a rule, ready to be filled in, and the registry anew.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LAYERS } from "../src/verdicts/rule.ts";
import { generate } from "./generate-registry.ts";
import { REPOSITORY } from "./rule-folders.ts";

const [id = ""] = process.argv.slice(2);
const [layer = "", name = ""] = id.split("/");
const folder = join(REPOSITORY, "src/layers", layer, "rules", name);

if (!(LAYERS as readonly string[]).includes(layer) || !/^[a-z][a-z0-9-]+$/.test(name))
  fail("usage: npm run new:rule -- LAYER/rule-name");
if (existsSync(folder)) fail(`${id} exists already`);

mkdirSync(folder, { recursive: true });
const files: Readonly<Record<string, string>> = {
  "rule.ts": `// What it asks, in one line, with the source of the semantics.

import { PASS } from "../../../../verdicts/outcome.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";

export const rule: PodRule = {
  id: "${id}",
  scope: "pod",
  severity: "medium",
  since: "0.1.0",
  reads: ["pod templates"],
  frameworks: [],
  references: [],
  text: {
    en: { title: "", message: "", risk: "", fix: "" },
    "zh-CN": { title: "", message: "", risk: "", fix: "" },
  },
  evaluate: () => PASS,
};
`,
  "rule.test.ts": `import { expect, test } from "vitest";
import { rule } from "./rule.ts";

test("what the fixtures cannot show", () => expect(rule.id).toBe("${id}"));
`,
  "good.yaml": "# Silent.\n",
  "bad.yaml": "# Exactly this finding, at the line that ends in `# finding`.\n",
  "README.md": `# ${id}\n\n## What\n\n## Why\n\n## How it is exploited\n\n## How to fix\n\n## When not to\n`,
};
for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
generate(false);
process.stdout.write(
  `src/layers/${layer}/rules/${name}: fill in rule.ts, good.yaml, bad.yaml, README.md and rule.test.ts\n`,
);

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
