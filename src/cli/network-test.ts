// `ringwall network test FILE`: assertions about reachability.

import { resolve } from "node:path";
import { formatPath } from "../kubernetes/path.ts";
import { evaluateAssertions, type AssertionReport } from "../layers/network/questions/assertion-file.ts";
import {
  assertionsCsv,
  assertionsDot,
  assertionsMarkdown,
  assertionsMermaid,
} from "../report/network/assertion-tables.ts";
import { assertionsJson, assertionsJunit, assertionsText, countsOf } from "../report/network/assertions.ts";
import { SELECTORS, unknownFields, type KnownFields } from "../layers/network/unknown-fields.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { readSettings, type Settings } from "./configuration/read-settings.ts";
import { languageOf } from "./language.ts";
import { readNetwork, type NetworkFlags } from "./network-input.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";

const FORMATS = {
  text: assertionsText,
  json: assertionsJson,
  junit: assertionsJunit,
  csv: assertionsCsv,
  markdown: assertionsMarkdown,
  dot: assertionsDot,
  mermaid: assertionsMermaid,
} as const;
const ASSERTION = { name: null, from: SELECTORS, to: SELECTORS, ports: null, expect: null };
const FIELDS: KnownFields = { assertions: { ...ASSERTION, onlyFrom: SELECTORS, onlyTo: SELECTORS } };

/** Exit 0: all hold; 1: one fails; 3: one could not be decided or asked, there is none, or something was not read. */
export async function networkTest(
  file: string | undefined,
  targets: readonly string[],
  flags: NetworkFlags,
  streams: Streams,
): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  if (file === undefined) throw new UsageError("error.network-test-file", {});
  checkTargets([file], streams.directory);
  const settings = readSettings(resolve(streams.directory, file), streams.directory);
  refuseUnknownFields(settings);
  const { network, gaps, notes } = await readNetwork([...targets, ...flags.filename], flags, streams);
  const evaluated = evaluateAssertions(network, settings.value ?? {});
  if (!evaluated.ok) {
    const [{ path, expected, found } = { path: [], expected: "", found: "" }] = evaluated.problems;
    const values = { path: formatPath(path), expected, found };
    throw new UsageError("error.setting-type", values).at(settings.locate(path));
  }
  const report = { file, assertions: evaluated.reports, notes, gaps };
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(
    outputs,
    render,
    (files) =>
      catalogue.say("network.written", {
        summary: catalogue.say("network.test-head", countsOf(evaluated.reports)),
        files,
      }),
    streams,
  );
  return exitOf(evaluated.reports, gaps.length > 0);
}

function exitOf(reports: readonly AssertionReport[], isIncomplete: boolean): number {
  if (reports.some(({ result }) => result === "failed")) return 1;
  const isDecided = reports.length > 0 && reports.every(({ result }) => result === "passed");
  return isDecided && !isIncomplete ? 0 : 3;
}

/** A misspelt field would make an assertion about something else. */
function refuseUnknownFields({ value, locate }: Settings): void {
  const [unknown] = unknownFields(value, FIELDS);
  if (unknown === undefined) return;
  throw unknownWord("error.network-test-key", unknown.field, unknown.known).at(locate(unknown.path));
}
