// The TARGETs of a command: files, directories and standard input, read one document at a time.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { readManifestFile, readManifestStream, type SourceItem } from "../sources/manifests/manifest-source.ts";
import { walkTarget } from "../sources/manifests/walk-targets.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

export interface TargetOptions {
  readonly exclude: readonly string[];
  /** Called with each file before it is read. */
  readonly onFile?: (name: string) => void;
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
): AsyncGenerator<readonly SourceItem[]> {
  for (const target of targets) {
    if (target === "-") {
      options.onFile?.("-");
      yield* readManifestStream(bytesOf(streams.stdin), "-", "");
      continue;
    }
    for (const found of walkTarget(resolve(streams.directory, target), target, options)) {
      streams.signal.throwIfAborted();
      if (found.kind === "gap") yield [{ kind: "gap", gap: found.gap, file: found.gap.what }];
      else if (found.kind === "rendered") yield [notRendered(found.renderer, found.name)];
      else {
        options.onFile?.(found.name);
        yield* readManifestFile(found.path, found.name);
      }
    }
  }
}

async function* bytesOf(stdin: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of stdin) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}

function notRendered(renderer: "helm" | "kustomize", name: string): SourceItem {
  const code = `${renderer}-not-rendered`;
  const reason = { id: code, arguments: { detail: "not rendered" } };
  return { kind: "gap", file: name, gap: { code, what: name, reason } };
}
