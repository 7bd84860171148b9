// `ringwall access who-can`: everyone who may do that, with every chain.

import { whoCanJson, whoCanText, type WhoCanReport } from "../report/access/who-can.ts";
import { relevantNotes } from "../report/access/note.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { danglingNotes } from "./access-can.ts";
import { readAccess, type AccessFlags } from "./access-input.ts";
import { questionOf, type QuestionFlags } from "./access-question.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";

export interface WhoCanFlags extends AccessFlags, QuestionFlags {}

const FORMATS = { text: whoCanText, json: whoCanJson, ndjson: whoCanJson } as const;

/** Exit 0: somebody may; 1: nobody but system:masters; 3: something could not be read. */
export async function accessWhoCan(words: readonly string[], flags: WhoCanFlags, streams: Streams): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const [verb, target, ...targets] = words;
  questionOf(verb, target, flags, "default", "who-can"); // a mistake is said before anything is read
  const input = await readAccess([...targets, ...flags.filename], flags, streams);
  const { action, notes } = questionOf(verb, target, flags, input.namespace, "who-can");
  const { access } = input;
  const anywhere =
    flags.allNamespaces === true && action.kind === "resource"
      ? access.whoCanAnywhere(action)
      : { everywhere: access.whoCan(action), only: [] };
  const nodes = flags.authorizer === "rbac" ? { every: false, some: [] } : access.nodesThatCan(action);
  const errors = [anywhere.everywhere, ...anywhere.only].flatMap((one) => one.errors);
  const subjects = [anywhere.everywhere, ...anywhere.only].flatMap((one) => one.subjects);
  const grants = subjects.flatMap(({ via }) => via);
  const report: WhoCanReport = {
    action,
    ...anywhere,
    nodes,
    notes: [...notes, ...danglingNotes(errors), ...relevantNotes(input.notes, grants)],
    gaps: input.gaps,
  };
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  const isAnybody = nodes.every || nodes.some.length > 0 || grants.some(({ kind }) => kind !== "system:masters");
  if (!isAnybody && !input.isEmpty) return 1;
  return input.gaps.length > 0 ? 3 : 0;
}
