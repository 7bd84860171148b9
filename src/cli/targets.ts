// The TARGETs of a command: files, directories and standard input, read one document at a time.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { readManifestFile, readManifestStream } from "../sources/manifests/manifest-source.ts";
import { walkTarget } from "../sources/manifests/walk-targets.ts";
import { renderChart } from "./rendering/helm.ts";
import { renderKustomization } from "./rendering/kustomize.ts";
import type { RenderOptions } from "./rendering/render-options.ts";
import { isDumpFile, peekDump, readDumpFile, readDumpStream } from "./cluster/dump-input.ts";
import type { LiveInput } from "./cluster/live-input.ts";
import type { TargetItem } from "./cluster/target-item.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

export interface TargetOptions {
  readonly exclude: readonly string[];
  /** For charts and kustomizations in directories. */
  readonly render: RenderOptions;
  /** The cluster, which is read when there is no TARGET. */
  readonly live?: LiveInput | undefined;
  /** Called with each file before it is read. */
  readonly onFile?: (name: string) => void;
  /** Called with how far a cluster was read. */
  readonly onProgress?: (text: string) => void;
}

/** Refuses TARGETs that do not exist, before anything is read. */
export function checkTargets(targets: readonly string[], directory: string): void {
  const missing = targets.find((target) => target !== "-" && !existsSync(resolve(directory, target)));
  if (missing !== undefined) throw new UsageError("error.target-missing", { value: missing });
}

/** Every value of every TARGET, in order, a document at a time. */
export async function* readTargets(
  targets: readonly string[],
  streams: Streams,
  options: TargetOptions,
): AsyncGenerator<readonly TargetItem[]> {
  if (options.live !== undefined) yield* options.live.items(options.onProgress ?? (() => {}));
  for (const target of targets) {
    if (target === "-") {
      options.onFile?.("-");
      const { header, bytes } = await peekDump(streams.stdin, "-");
      yield* header === undefined ? readManifestStream(bytes, "-", "") : readDumpStream(bytes, "-");
      continue;
    }
    for (const found of walkTarget(resolve(streams.directory, target), target, options)) {
      streams.signal.throwIfAborted();
      if (found.kind === "gap") yield [{ kind: "gap", gap: found.gap, file: found.gap.what }];
      else if (found.kind === "rendered") {
        options.onFile?.(found.name);
        const render = found.renderer === "helm" ? renderChart : renderKustomization;
        yield* render(found.path, found.name, options.render, streams);
      } else {
        options.onFile?.(found.name);
        const read = isDumpFile(found.path) ? readDumpFile : readManifestFile;
        yield* read(found.path, found.name);
      }
    }
  }
}
