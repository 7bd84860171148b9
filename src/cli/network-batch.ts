// `ringwall network reach --batch`: questions in, one a line; the same objects out with their verdict, in order.

import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Network } from "../layers/network/network.ts";
import { answerLine } from "../layers/network/questions/reach-batch.ts";
import { gapLine } from "../report/access/gap-lines.ts";
import { catalogueOf, type Catalogue } from "../report/catalogue.ts";
import { noteText } from "../report/network/note.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { readNetwork } from "./network-input.ts";
import type { ReachFlags } from "./network-reach.ts";
import { checkTargets } from "./targets.ts";
import { writeChunks, type Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

const LINES_AT_ONCE = 1000;

interface Answered {
  readonly text: string;
  readonly ok: boolean;
}

/** Exit 0 when every line was answered and everything could be read, whatever the answers; else 3. */
export async function answerBatch(
  arguments_: readonly string[],
  flags: ReachFlags & { readonly batch: string },
  streams: Streams,
): Promise<number> {
  const targets = [...arguments_, ...flags.filename];
  if (flags.batch === "-" && targets.includes("-")) throw new UsageError("error.network-batch-stdin", {});
  if (flags.batch !== "-") checkTargets([flags.batch], streams.directory);
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const { network, gaps, notes } = await readNetwork(targets, flags, streams);
  for (const gap of gaps) streams.stderr.write(`ringwall: ${gapLine(gap, catalogue)}\n`);
  for (const note of notes) streams.stderr.write(`ringwall: ${noteText(note, catalogue)}\n`);
  const questions: Readable =
    flags.batch === "-" ? streams.stdin : createReadStream(resolve(streams.directory, flags.batch));
  let line = 0;
  let unanswered = 0;
  let answers: string[] = [];
  for await (const text of createInterface({ input: questions, crlfDelay: Infinity })) {
    line++;
    if (text.trim() === "") continue; // a byte order mark is white space, too
    const answered = answer(network, text.trim(), flags.explain === true, line, catalogue);
    if (!answered.ok) unanswered++;
    answers.push(answered.text);
    if (answers.length < LINES_AT_ONCE) continue;
    streams.signal.throwIfAborted();
    await writeChunks(streams.stdout, answers);
    answers = [];
  }
  await writeChunks(streams.stdout, answers);
  return gaps.length + unanswered > 0 ? 3 : 0;
}

/** `depends` is an answer; a line that is no question is not evaluated, with the reason. */
function answer(network: Network, text: string, explains: boolean, line: number, catalogue: Catalogue): Answered {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const reason = catalogue.say("network.line-not-json", { line, detail });
    return { ok: false, text: `${JSON.stringify({ verdict: "not-evaluated", reason })}\n` };
  }
  const answered = answerLine(network, value, explains);
  return { ok: answered.verdict !== "not-evaluated", text: `${JSON.stringify(answered)}\n` };
}
