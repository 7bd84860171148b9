// Every value of an input that was opened, with progress: the loop behind the commands that read all before they answer.

import type { Locator, Provenance } from "../../cluster/resource.ts";
import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { createProgress } from "../progress.ts";
import { renderOptionsOf, type RenderFlags } from "../rendering/render-options.ts";
import type { Streams } from "../streams.ts";
import { readTargets } from "../targets.ts";
import { isRelevant } from "./input-gaps.ts";
import type { Input } from "./open-input.ts";

export interface ValueReading {
  readonly input: Input;
  /** Of what a renderer makes, and of objects in files that name none. */
  readonly namespace: string;
  readonly minor: KubernetesMinor;
  /** `file` is what was read: of objects of a saved dump the dump, where `provenance` names their server. */
  readonly onValue: (value: unknown, locate: Locator, provenance: Provenance, file: string) => void;
  readonly onGap: (gap: Gap) => void;
}

/** Throws UsageError and ApiError. */
export async function readValues(
  targets: readonly string[],
  flags: RenderFlags & { readonly exclude: readonly string[] },
  streams: Streams,
  { input, namespace, minor, onValue, onGap }: ValueReading,
): Promise<void> {
  const render = renderOptionsOf(flags, { namespace, minor }, streams.directory);
  const progress = createProgress(streams);
  try {
    const options = { exclude: flags.exclude, render, live: input.live, onProgress: progress.show };
    for await (const items of readTargets(targets, input.streams, options)) {
      streams.signal.throwIfAborted();
      for (const item of items) {
        if (item.kind === "value") {
          const { value, locate, file } = item;
          onValue(value, locate, item.provenance ?? { kind: "file", file }, file);
        } else if (isRelevant(item.gap)) onGap(item.gap);
      }
    }
  } finally {
    progress.done();
  }
}

/** The file or server that a value came from. */
export function whereRead(provenance: Provenance): string {
  return provenance.kind === "file" ? provenance.file : provenance.server;
}
