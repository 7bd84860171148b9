// Feeds the TARGETs into a run, with progress, and notes when there was nothing to evaluate.

import type { Run, RunResult } from "../controls/run.ts";
import { createProgress } from "./progress.ts";
import type { Streams } from "./streams.ts";
import { readTargets, type TargetOptions } from "./targets.ts";

/** Reads everything and finishes the run. An input without any Kubernetes object is a gap, never a clean result. */
export async function readRun(
  run: Run,
  targets: readonly string[],
  options: Omit<TargetOptions, "onFile">,
  streams: Streams,
): Promise<RunResult> {
  const progress = createProgress(streams);
  const files = new Set<string>();
  const filesWithObjects = new Set<string>();
  let values = 0;
  try {
    const onFile = (name: string): unknown => files.add(name);
    for await (const items of readTargets(targets, streams, { ...options, onFile, onProgress: progress.show })) {
      streams.signal.throwIfAborted();
      for (const item of items) {
        if (item.kind === "gap") run.addGap(item.gap);
        else if (run.add(item.value, item.locate, item.provenance ?? { kind: "file", file: item.file }))
          filesWithObjects.add(item.file);
        values++;
      }
      if (options.live === undefined) progress.show(`${values} · ${[...files].at(-1) ?? ""}`);
    }
  } finally {
    progress.done();
  }
  const result = run.finish();
  if (result.objects > 0) return result;
  if (options.live !== undefined) {
    const server = options.live.target.server ?? "";
    const gap = { code: "no-objects", what: server, reason: { id: "cluster-empty", arguments: { server } } };
    return { ...result, gaps: [gap, ...result.gaps] };
  }
  const counts = { targets: targets.join(", "), files: files.size, others: files.size - filesWithObjects.size };
  const gap = { code: "no-objects", what: targets.join(", "), reason: { id: "no-objects", arguments: counts } };
  return { ...result, gaps: [gap, ...result.gaps] };
}
