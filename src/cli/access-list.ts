// `ringwall access list --as S`: everything an identity may do.

import { listRights } from "../layers/access/list-rights.ts";
import { listJson, listText } from "../report/access/list.ts";
import { relevantNotes } from "../report/access/note.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { danglingNotes } from "./access-can.ts";
import { readAccess, type AccessFlags } from "./access-input.ts";
import { identityOf, type QuestionFlags } from "./access-question.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";

export interface ListFlags extends AccessFlags, QuestionFlags {}

const FORMATS = { text: listText, json: listJson, ndjson: listJson } as const;

/** Exit 0, or 3 when something could not be read. With `-n`, cluster-wide rights and those of the namespace. */
export async function accessList(targets: readonly string[], flags: ListFlags, streams: Streams): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const identity = identityOf(flags);
  const { access, notes, gaps } = await readAccess([...targets, ...flags.filename], flags, streams);
  const namespaces = flags.namespace === undefined || flags.allNamespaces === true ? undefined : [flags.namespace];
  const rights = listRights(access, identity, namespaces);
  const dangling = danglingNotes(rights.scopes.flatMap(({ errors }) => errors));
  const grants = rights.scopes.flatMap(({ rules }) => rules.flatMap(({ via }) => via));
  const report = { identity, rights, notes: [...dangling, ...relevantNotes(notes, grants)], gaps };
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  return gaps.length > 0 ? 3 : 0;
}
