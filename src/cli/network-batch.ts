// `ringwall network reach --batch`: questions in, one a line; their answers out, in order, in any format.

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
import { parsedLine, readBatch, watchReader, type BatchLine } from "./batch-lines.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { readNetwork, type NetworkFlags } from "./network-input.ts";
import { openOutput, parseOutputs, writeSummary, type OpenOutput } from "./output.ts";
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
  const opened = outputs.map((output): OpenedWriter => {
    const writerOf: (context: AnswerContext) => BatchWriter = FORMATS[output.format as keyof typeof FORMATS]; // parseOutputs knows only these
    return { writer: writerOf(context), output: openOutput(output, streams) };
  });
  const isRead = watchReader(streams);
  const isHeard = (): boolean => isRead() || outputs.some(({ file }) => file !== undefined);
  try {
    const lines = readBatch(flags.batch, streams, isHeard);
    const { answered, unanswered } = await answerAll(network, flags.explain === true, lines, opened, streams.signal);
    for (const { output } of opened) await output.finish();
    const summary = catalogue.say("network.batch-head", { answered, unanswered });
    await writeSummary(outputs, (files) => catalogue.say("network.written", { summary, files }), streams);
    return gaps.length + unanswered > 0 ? 3 : 0;
  } catch (error) {
    for (const { output } of opened) output.abandon();
    throw error;
  }
}

interface OpenedWriter {
  readonly writer: BatchWriter;
  readonly output: OpenOutput;
}

/** Writes every answer to every output; returns how many lines have one. */
async function answerAll(
  network: Network,
  withRules: boolean,
  lines: AsyncIterable<readonly BatchLine[]>,
  opened: readonly OpenedWriter[],
  signal: AbortSignal,
): Promise<{ readonly answered: number; readonly unanswered: number }> {
  let answered = 0;
  let unanswered = 0;
  let answers: AnsweredLine[] = [];
  const flush = async (): Promise<void> => {
    signal.throwIfAborted();
    for (const { writer, output } of opened) await output.write(answers.flatMap((asked) => [...writer.answer(asked)]));
    answers = [];
  };
  for (const { writer, output } of opened) await output.write(writer.head?.() ?? []);
  for await (const some of lines) {
    for (const one of some) {
      const asked = answer(network, one, withRules);
      if (isAnswer(asked.answer)) answered++;
      else unanswered++;
      answers.push(asked);
      if (answers.length >= LINES_AT_ONCE) await flush();
    }
  }
  await flush();
  for (const { writer, output } of opened) await output.write(writer.tail?.() ?? []);
  return { answered, unanswered };
}

/** `depends` is an answer; a line that is no question is not evaluated, with the reason. */
function answer(network: Network, { text, line }: BatchLine, withRules: boolean): AnsweredLine {
  const parsed = parsedLine(text);
  if (parsed === undefined) return unasked({}, { reason: "malformed-question", line });
  if ("problem" in parsed) return unasked({}, { reason: "not-json", value: parsed.problem, line });
  return askLine(network, parsed.value, withRules, line);
}

/** The question's own object with its verdict, a line each. */
function sameObjects(): BatchWriter {
  return { answer: (asked) => [`${JSON.stringify(lineDocument(asked))}\n`] };
}
