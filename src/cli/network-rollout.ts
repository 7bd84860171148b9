// `network generate --rollout DIR`: the plan, its steps, the way back and the assertions, as files.

import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Catalogue } from "../report/catalogue.ts";
import type { GenerateReport } from "../report/network-generate/generate-report.ts";
import { rolloutOf } from "../report/network-generate/rollout-files.ts";
import { writeOutput } from "./output.ts";
import { writeChunks, type Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

/** Writes the folder. The plan comes first in the list and last to the disk: it never names a file that is not there. */
export async function writeRollout(
  folder: string,
  report: GenerateReport,
  catalogue: Catalogue,
  streams: Streams,
): Promise<void> {
  const { files, stages } = rolloutOf(report, catalogue);
  for (const { name, chunks } of files.toReversed()) {
    const file = join(resolve(streams.directory, folder), name);
    try {
      mkdirSync(dirname(file), { recursive: true });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new UsageError("error.generate-folder", { value: folder, detail });
    }
    await writeOutput({ format: "yaml", file }, chunks, streams);
  }
  const written = catalogue.say("generate.rollout-written", { folder, count: files.length, stages: stages.length });
  await writeChunks(streams.stderr, [`${written}\n`]);
}
