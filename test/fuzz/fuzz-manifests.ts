// Runs mutated manifests through the real reader and the real rules: nothing may throw, hang, or be lost in silence.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRun, type RunResult } from "../../src/controls/run.ts";
import { RULES } from "../../src/controls/registry.generated.ts";
import { readManifestStream } from "../../src/sources/manifests/manifest-source.ts";
import { createRandom, mutateBytes, mutateTypes } from "./mutate.ts";

const examples = join(import.meta.dirname, "../../examples");

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function evaluate(
  bytes: Buffer,
  extension: string,
): Promise<{ readonly result: RunResult; readonly items: number }> {
  const run = createRun({ rules: RULES, minor: 37, defaultNamespace: "default", isInScope: () => true });
  let items = 0;
  for await (const group of readManifestStream(once(bytes), "f", extension)) {
    for (const item of group) {
      items++;
      if (item.kind === "gap") run.addGap(item.gap);
      else run.add(item.value, item.locate, { kind: "file", file: "f" });
    }
  }
  return { result: run.finish(), items };
}

export function exampleManifests(): readonly Buffer[] {
  return globSync("**/*.yaml", { cwd: examples })
    .sort()
    .map((file) => readFileSync(join(examples, file)));
}

/** Every position must be inside the text. Returns what went wrong, with the seed that repeats it. */
export async function fuzzBytes(
  rounds: number,
  seed: number,
  manifests: readonly Buffer[],
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const random = createRandom(seed + round);
    const bytes = mutateBytes(manifests[random(manifests.length)] ?? Buffer.alloc(0), random);
    const started = performance.now();
    try {
      const { result } = await evaluate(bytes, [".yaml", ".json", ".ndjson", ""][random(4)] ?? "");
      const lines = bytes.toString("latin1").split("\n").length;
      const positions = [
        ...result.gaps.map((gap) => gap.position),
        ...result.findings.flatMap(({ evidence }) => evidence.map(({ position }) => position)),
      ];
      if (
        positions.some(
          (position) => position !== undefined && (position.line > lines || position.line < 1 || position.column < 1),
        )
      ) {
        failures.push(`seed ${seed + round}: a position outside the text`);
      }
    } catch (error) {
      failures.push(`seed ${seed + round}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    if (performance.now() - started > 10_000) failures.push(`seed ${seed + round}: took over 10 s`);
  }
  return failures;
}

/** Objects with one field of any other type: each is still counted as read, judged or told apart, never lost. */
export async function fuzzTypes(
  rounds: number,
  seed: number,
  manifests: readonly Buffer[],
): Promise<readonly string[]> {
  const values: unknown[] = [];
  for (const bytes of manifests) {
    for await (const group of readManifestStream(once(bytes), "f", ".yaml")) {
      for (const item of group) if (item.kind === "value" && item.value !== null) values.push(item.value);
    }
  }
  const failures: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const random = createRandom(seed + round);
    const mutated = mutateTypes(values[random(values.length)], random);
    try {
      const { result, items } = await evaluate(Buffer.from(JSON.stringify(mutated)), ".json");
      if (result.objects + result.notKubernetes + result.gaps.length < items)
        failures.push(`seed ${seed + round}: an object was lost`);
    } catch (error) {
      failures.push(`seed ${seed + round}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return failures;
}
