// `ringwall access diff OLD NEW`: who gained or lost what.

import { diffAccess } from "../layers/access/access-diff.ts";
import { diffJson, diffNdjson, diffText } from "../report/access/diff.ts";
import { relevantNotes } from "../report/access/note.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { readAccess, type AccessFlags } from "./access-input.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { textOptionsOf } from "./text-options.ts";
import { UsageError } from "./usage-error.ts";

export interface DiffFlags extends AccessFlags {
  readonly exitCode?: true;
}

const FORMATS = { text: diffText, json: diffJson, ndjson: diffNdjson } as const;

/** Exit 0; with `--exit-code` 1 when there is a difference; 3 when something could not be read. */
export async function accessDiff(targets: readonly string[], flags: DiffFlags, streams: Streams): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const [old, current, ...rest] = targets;
  if (old === undefined || current === undefined || rest.length > 0)
    throw new UsageError("error.access-diff-targets", {});
  checkTargets([old, current], streams.directory);
  const before = await readAccess([old], flags, streams);
  const after = await readAccess([current], flags, streams);
  const changes = diffAccess(before.access, after.access);
  // An empty side is a state too: everything was added, or everything is gone.
  const gaps = [...before.gaps, ...after.gaps];
  const grants = changes.flatMap(({ via }) => via);
  const report = { changes, notes: relevantNotes([...before.notes, ...after.notes], grants), gaps };
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  if (flags.exitCode === true && changes.length > 0) return 1;
  return gaps.length > 0 ? 3 : 0;
}
