// `ringwall network reach --batch`: questions in, one a line; their answers out, in order, in any format.

import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import type { Network } from "../layers/network/network.ts";
import {
  askLine,
  isAnswer,
  lineDocument,
  unasked,
  type AnsweredLine,
} from "../layers/network/questions/reach-batch.ts";
import { gapLine } from "../report/access/gap-lines.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { dotAnswers, mermaidAnswers } from "../report/network/answer-drawings.ts";
import { csvAnswers, markdownAnswers, textAnswers } from "../report/network/answer-tables.ts";
import type { AnswerContext, AnswerWriter } from "../report/network/answer-writer.ts";
import { noteText } from "../report/network/note.ts";
import { batchLines } from "./batch-lines.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { readNetwork, type NetworkFlags } from "./network-input.ts";
import { openOutput, parseOutputs, type OpenOutput } from "./output.ts";
import { checkTargets } from "./targets.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { UsageError } from "./usage-error.ts";

const LINES_AT_ONCE = 1000;

type BatchWriter = AnswerWriter<AnsweredLine>;

const FORMATS = {
  ndjson: sameObjects,
  json: sameObjects,
  text: textAnswers,
  csv: csvAnswers,
  markdown: markdownAnswers,
  dot: dotAnswers,
  mermaid: mermaidAnswers,
} as const;

export interface BatchFlags extends NetworkFlags {
  readonly batch: string;
  readonly explain?: true;
  /** Of one question: refused here. */
  readonly port?: string;
  readonly family?: string;
}

/** Exit 0 when every line was answered and everything could be read, whatever the answers; else 3. */
export async function answerBatch(arguments_: readonly string[], flags: BatchFlags, streams: Streams): Promise<number> {
  const targets = [...arguments_, ...flags.filename];
  if (flags.batch === "-" && targets.includes("-")) throw new UsageError("error.network-batch-stdin", {});
  if (flags.batch !== "-") checkTargets([flags.batch], streams.directory);
  const formats = flags.output.length === 0 ? ["ndjson"] : flags.output;
  const outputs = parseOutputs(formats, Object.keys(FORMATS), streams.directory);
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const { network, gaps, notes } = await readNetwork(targets, flags, streams);
  if (outputs.some(({ format }) => format === "ndjson" || format === "json")) {
    // which have the answers only
    for (const gap of gaps) streams.stderr.write(`ringwall: ${gapLine(gap, catalogue)}\n`);
    for (const note of notes) streams.stderr.write(`ringwall: ${noteText(note, catalogue)}\n`);
  }
  const text = textOptionsOf(flags.color, false, streams);
  const context: AnswerContext = { catalogue, notes, gaps, text };
  const questions: Readable =
    flags.batch === "-" ? streams.stdin : createReadStream(resolve(streams.directory, flags.batch));
  const opened = outputs.map((output): OpenedWriter => {
    const writerOf: (context: AnswerContext) => BatchWriter = FORMATS[output.format as keyof typeof FORMATS]; // parseOutputs knows only these
    return { writer: writerOf(context), output: openOutput(output, streams) };
  });
  try {
    let isClosed = false; // process.stdout is never destroyed, and says it this way only
    streams.stdout.once("error", () => (isClosed = true));
    const isHeard = (): boolean => !isClosed || outputs.some(({ file }) => file !== undefined);
    const unanswered = await answerAll(network, flags.explain === true, questions, opened, isHeard, streams.signal);
    for (const { output } of opened) await output.finish();
    return gaps.length + unanswered > 0 ? 3 : 0;
  } catch (error) {
    for (const { output } of opened) output.abandon();
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UsageError("error.unreadable", { value: flags.batch, detail: error.message }); // outputs say it themselves
  }
}

interface OpenedWriter {
  readonly writer: BatchWriter;
  readonly output: OpenOutput;
}

/** Writes every answer to every output, as long as somebody reads them; returns how many lines have none. */
async function answerAll(
  network: Network,
  withRules: boolean,
  questions: Readable,
  opened: readonly OpenedWriter[],
  isHeard: () => boolean,
  signal: AbortSignal,
): Promise<number> {
  let line = 0;
  let unanswered = 0;
  let answers: AnsweredLine[] = [];
  const flush = async (): Promise<void> => {
    signal.throwIfAborted();
    for (const { writer, output } of opened) await output.write(answers.flatMap((asked) => [...writer.answer(asked)]));
    answers = [];
  };
  for (const { writer, output } of opened) await output.write(writer.head?.() ?? []);
  for await (const texts of batchLines(questions)) {
    if (!isHeard()) break; // `| head` has read enough
    for (const text of texts) {
      line++;
      if (text.trim() === "") continue; // a byte order mark is white space, too
      const asked = answer(network, text.trim(), withRules, line);
      if (!isAnswer(asked.answer)) unanswered++;
      answers.push(asked);
      if (answers.length >= LINES_AT_ONCE) await flush();
    }
  }
  await flush();
  for (const { writer, output } of opened) await output.write(writer.tail?.() ?? []);
  return unanswered;
}

/** `depends` is an answer; a line that is no question is not evaluated, with the reason. */
function answer(network: Network, text: string, withRules: boolean, line: number): AnsweredLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return unasked({}, { reason: "not-json", value: detail, line });
  }
  if (text.length > PLAIN_LENGTH && !isWritable(value)) return unasked({}, { reason: "malformed-question", line });
  return askLine(network, value, withRules, line);
}

/** Shorter lines cannot be nested too deep to be written again. */
const PLAIN_LENGTH = 2000;

function isWritable(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

/** The question's own object with its verdict, a line each. */
function sameObjects(): BatchWriter {
  return { answer: (asked) => [`${JSON.stringify(lineDocument(asked))}\n`] };
}
