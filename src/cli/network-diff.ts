// `ringwall network diff OLD NEW`: what a change opens and closes.

import { diffEntries } from "../layers/network/questions/diff-json.ts";
import { gapLine } from "../report/access/gap-lines.ts";
import { diffCsv, diffDot, diffMermaid } from "../report/network/diff-drawing.ts";
import { diffJson, diffMarkdown, diffNdjson, diffText, diffSummary } from "../report/network/diff.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { readNetwork, type NetworkFlags } from "./network-input.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { textOptionsOf } from "./text-options.ts";
import { UsageError } from "./usage-error.ts";

export interface DiffFlags extends NetworkFlags {
  readonly exitCode?: true;
}

const FORMATS = {
  text: diffText,
  json: diffJson,
  ndjson: diffNdjson,
  csv: diffCsv,
  markdown: diffMarkdown,
  dot: diffDot,
  mermaid: diffMermaid,
} as const;

/** Exit 0; with `--exit-code` 1 when there is a difference; 3 when something could not be read. */
export async function networkDiff(targets: readonly string[], flags: DiffFlags, streams: Streams): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const [old, current, ...rest] = [...targets, ...flags.filename];
  const isTwice = old === "-" && current === "-"; // standard input is read once
  if (old === undefined || current === undefined || rest.length > 0 || isTwice)
    throw new UsageError("error.network-diff-targets", {});
  checkTargets([old, current], streams.directory);
  const before = await readNetwork([old], flags, streams);
  const after = await readNetwork([current], flags, streams);
  const gaps = [...before.gaps, ...after.gaps];
  const report = { before: before.network, after: after.network, notes: [...before.notes, ...after.notes], gaps };
  if (outputs.some(({ format }) => format === "ndjson"))
    // which has changes only
    for (const gap of gaps) streams.stderr.write(`ringwall: ${gapLine(gap, catalogue)}\n`);
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(
    outputs,
    render,
    (files) => catalogue.say("network.written", { summary: diffSummary(report, catalogue), files }),
    streams,
  );
  if (flags.exitCode === true && isChanged(report)) return 1;
  return gaps.length > 0 ? 3 : 0;
}

function isChanged({ before, after }: Pick<Parameters<typeof diffNdjson>[0], "before" | "after">): boolean {
  for (const _ of diffEntries(before, after, false)) return true;
  return false;
}
