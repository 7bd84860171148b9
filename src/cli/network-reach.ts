// `ringwall network reach SRC DST`: may this connection be made, and which rules say so.

import { parsePort, type NamedPort } from "../layers/network/questions/named-ports.ts";
import { answerReach, type Answer } from "../layers/network/questions/reach-answer.ts";
import { isAnswer, type Answered } from "../layers/network/questions/reach-batch.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { dotAnswers, mermaidAnswers } from "../report/network/answer-drawings.ts";
import { verdictOf } from "../report/network/answer-text.ts";
import { csvAnswers, markdownAnswers } from "../report/network/answer-tables.ts";
import { asReport, reachJson, reachText, type ReachReport } from "../report/network/reach.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { readNetwork, type NetworkFlags } from "./network-input.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { UsageError } from "./usage-error.ts";

export interface ReachFlags extends NetworkFlags {
  readonly port?: string;
  readonly family?: string;
  readonly batch?: string;
  readonly explain?: true;
}

const FORMATS = {
  text: reachText,
  json: reachJson,
  ndjson: reachJson,
  csv: asReport(csvAnswers),
  markdown: asReport(markdownAnswers),
  dot: asReport(dotAnswers),
  mermaid: asReport(mermaidAnswers),
} as const;

/** Exit 0: allowed; 1: denied; 3: it depends, or something could not be read. */
export async function networkReach(words: readonly string[], flags: ReachFlags, streams: Streams): Promise<number> {
  if (flags.batch !== undefined) {
    if (flags.port !== undefined || flags.family !== undefined)
      throw new UsageError("error.network-batch-question", {});
    const { answerBatch } = await import("./network-batch.ts");
    return answerBatch(words, { ...flags, batch: flags.batch }, streams);
  }
  if (flags.explain === true) throw new UsageError("error.network-explain", {});
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const [from, to, ...targets] = words;
  if (!from || !to) throw new UsageError("error.network-question", {});
  const port = portOf(flags.port);
  const family = familyOf(flags.family);
  const { network, gaps, notes, isEmpty } = await readNetwork([...targets, ...flags.filename], flags, streams);
  const found = isEmpty ? undefined : answerReach(network, from, to, port, family);
  const answer = found === undefined ? ({ reason: "nothing-read" } as const) : resolved(found, gaps.length > 0);
  const report: ReachReport = { from, to, port, family, answer, notes, gaps };
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(
    outputs,
    render,
    (files) => catalogue.say("network.written", { summary: catalogue.say(`network.${verdictOf(answer)}`), files }),
    streams,
  );
  if (!isAnswer(answer) || answer.verdict === "depends") return 3;
  if (answer.verdict === "denied") return 1;
  return gaps.length > 0 ? 3 : 0;
}

/** A name that nothing has is a mistake, unless something could not be read. */
function resolved(found: Answer, isIncomplete: boolean): Answered["answer"] {
  if (found.kind === "answer") return found.answer;
  const { end } = found;
  if (end.kind === "ambiguous") {
    const names = end.candidates.join(", ");
    throw new UsageError("error.network-ambiguous-name", { value: JSON.stringify(end.text), names });
  }
  if (isIncomplete) return { reason: "unread-name", value: end.text };
  throw new UsageError("error.network-unknown-name", { value: JSON.stringify(end.text) }, end.nearest[0]);
}

function portOf(text: string | undefined): NamedPort | undefined {
  if (text === undefined) return undefined;
  const port = parsePort(text);
  if (port === undefined) throw new UsageError("error.network-port", { value: JSON.stringify(text) });
  return port;
}

function familyOf(text: string | undefined): 4 | 6 | undefined {
  if (text === undefined) return undefined;
  if (text !== "4" && text !== "6") throw new UsageError("error.network-family", { value: JSON.stringify(text) });
  return text === "4" ? 4 : 6;
}
