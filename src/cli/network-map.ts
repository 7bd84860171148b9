// `ringwall network map`: every open connection between workloads, and with the outside.

import { mapCsv, mapJson } from "../report/network/map-data.ts";
import { mapDot, mapMarkdown, mapMermaid } from "../report/network/map-drawing.ts";
import { mapSummary, mapText } from "../report/network/map-text.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { readNetwork, type NetworkFlags } from "./network-input.ts";
import { parseOutputs, writeOutputs, type Output } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { UsageError } from "./usage-error.ts";

export interface MapFlags extends NetworkFlags {
  readonly grouped?: true;
  readonly all?: true;
  readonly exposure?: true;
  readonly explain?: true;
}

const FORMATS = {
  text: mapText,
  json: mapJson,
  csv: mapCsv,
  markdown: mapMarkdown,
  dot: mapDot,
  mermaid: mapMermaid,
} as const;

/** What a flag adds, no other format has. */
const FLAG_FORMATS = {
  grouped: ["json"],
  all: ["text"],
  exposure: ["text", "json", "csv", "markdown"],
} as const;

function refuseIdle(flags: MapFlags, outputs: readonly Output[]): void {
  for (const flag of ["grouped", "all", "exposure"] as const) {
    const formats: readonly string[] = FLAG_FORMATS[flag];
    if (flags[flag] !== true || outputs.some(({ format }) => formats.includes(format))) continue;
    throw new UsageError("error.network-map-flag", { flag, formats: formats.join(", ") });
  }
}

/** Formats that have every pair. */
const WITH_RULES: ReadonlySet<string> = new Set(["json", "csv"]);

/** Exit 0, or 3 when something could not be read. */
export async function networkMap(targets: readonly string[], flags: MapFlags, streams: Streams): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, flags.all === true, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const hasRules = flags.explain === true;
  refuseIdle(flags, outputs);
  if (hasRules && (flags.grouped === true || outputs.some(({ format }) => !WITH_RULES.has(format))))
    throw new UsageError("error.network-map-explain", {});
  const { network, gaps, notes } = await readNetwork([...targets, ...flags.filename], flags, streams);
  const shown = { isGrouped: flags.grouped === true, hasExposure: flags.exposure === true, hasRules };
  const report = { network, ...shown, notes, gaps };
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(
    outputs,
    render,
    (files) => catalogue.say("network.written", { summary: mapSummary(network, catalogue), files }),
    streams,
  );
  return gaps.length > 0 ? 3 : 0;
}
