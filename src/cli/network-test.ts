// `ringwall network test FILE`: assertions about reachability.

import { resolve } from "node:path";
import { formatPath } from "../kubernetes/path.ts";
import { evaluateAssertions, type AssertionReport } from "../layers/network/questions/assertion-file.ts";
import { assertionsJson, assertionsJunit, assertionsText } from "../report/network/assertions.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { readSettings, type Settings } from "./configuration/read-settings.ts";
import { languageOf } from "./language.ts";
import { readNetwork, type NetworkFlags } from "./network-input.ts";
import { parseOutputs, writeOutput } from "./output.ts";
import type { Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";

const FORMATS = { text: assertionsText, json: assertionsJson, junit: assertionsJunit } as const;
const FIELDS = ["name", "from", "to", "ports", "expect", "onlyFrom", "onlyTo"] as const;

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
  for (const output of outputs) {
    const render = FORMATS[output.format as keyof typeof FORMATS]; // parseOutputs knows only these
    await writeOutput(output, render(report, catalogue, text), streams);
  }
  return exitOf(evaluated.reports, gaps.length > 0);
}

function exitOf(reports: readonly AssertionReport[], isIncomplete: boolean): number {
  if (reports.some(({ result }) => result === "failed")) return 1;
  const isDecided = reports.length > 0 && reports.every(({ result }) => result === "passed");
  return isDecided && !isIncomplete ? 0 : 3;
}

/** A misspelt field would make an assertion about something else. */
function refuseUnknownFields({ value, locate }: Settings): void {
  for (const [path, object, fields] of objectsOf(value)) {
    const unknown = Object.keys(object).find((field) => !fields.includes(field));
    if (unknown !== undefined)
      throw unknownWord("error.network-test-key", unknown, fields).at(locate([...path, unknown]));
  }
}

type Place = readonly [path: readonly (string | number)[], object: object, fields: readonly string[]];

/** The file and its assertions, as far as they are objects; the engine says what else is wrong. */
function objectsOf(value: unknown): readonly Place[] {
  if (!isObject(value)) return [];
  const assertions: unknown = "assertions" in value ? value.assertions : undefined;
  const list = Array.isArray(assertions) ? (assertions as readonly unknown[]) : []; // elements are checked below
  return [
    [[], value, ["assertions"]],
    ...list.flatMap((one, index): readonly Place[] => (isObject(one) ? [[["assertions", index], one, FIELDS]] : [])),
  ];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
