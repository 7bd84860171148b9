// Tests that need a renderer of charts or kustomizations. Skipped by name, with the reason, where none can be had.

import { dirname } from "node:path";
import { test } from "vitest";
import { existingBinary, serverBinary } from "../servers/build.ts";
import { findGo } from "../servers/go-toolchain.ts";

export type RendererName = "helm" | "kustomize" | "kubectl";

/** A PATH with this renderer and no other: only its own folder. */
export type RendererPath = { readonly PATH: string };

const MINUTES = 60_000;

export function testWithRenderer(
  renderer: RendererName,
  name: string,
  run: (path: RendererPath) => Promise<void>,
): void {
  const isThere = existingBinary(renderer) !== undefined || findGo() !== undefined;
  const reason = isThere ? undefined : `no ${renderer}: neither a cached binary nor Go to build it`;
  const fullName = reason === undefined ? name : `${name} (${reason})`;
  test.skipIf(reason !== undefined)(fullName, { timeout: 20 * MINUTES }, async () => {
    await run({ PATH: dirname(await serverBinary(renderer)) });
  });
}
