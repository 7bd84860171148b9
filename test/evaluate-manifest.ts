// Evaluates manifests in memory with the real source and the real run: what fixtures and rule tests use.

import { createRun, type RunOptions, type RunResult } from "../src/controls/run.ts";
import { RULES } from "../src/controls/registry.generated.ts";
import { NEWEST_KNOWN_MINOR } from "../src/kubernetes/kubernetes-version.ts";
import { readManifestStream } from "../src/sources/manifests/manifest-source.ts";

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** The result of all rules (or those given) over a YAML or JSON text. */
export async function evaluateManifest(
  text: string,
  options: Partial<RunOptions> = {},
  file = "manifest.yaml",
): Promise<RunResult> {
  const run = createRun({
    rules: RULES,
    minor: NEWEST_KNOWN_MINOR,
    defaultNamespace: "default",
    isInScope: () => true,
    ...options,
  });
  for await (const items of readManifestStream(once(text), file, ".yaml")) {
    for (const item of items) {
      if (item.kind === "gap") run.addGap(item.gap);
      else run.add(item.value, item.locate, { kind: "file", file });
    }
  }
  return run.finish();
}
