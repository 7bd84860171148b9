// `network reach -o csv|markdown`, and a batch as text: an answer is a row.

import { isAnswer, type Answered } from "../../layers/network/questions/reach-batch.ts";
import { gapLines } from "../access/gap-lines.ts";
import { codeSpan } from "../markdown-text.ts";
import { printable } from "../printable.ts";
import { wrap } from "../text/wrap.ts";
import { askedPort, everyLine, ruleLines, verdictColour, verdictOf } from "./answer-text.ts";
import type { AnswerContext, AnswerWriter } from "./answer-writer.ts";
import { placed, placedText } from "./chain-text.ts";
import { row } from "./csv-row.ts";
import { restOfMarkdown } from "./map-drawing.ts";
import { noteText } from "./note.ts";
import { plainPorts } from "./ports-text.ts";

const COLUMNS = ["verdict", "from", "to", "protocol", "port", "family", "open", "reason", "backends", "rules"];

/** Verdicts and reasons as codes; `open` is what is surely open where no port was asked for. */
export function csvAnswers({ catalogue, gaps }: AnswerContext): AnswerWriter {
  return {
    head: () => [row(COLUMNS)],
    answer: (asked) => {
      const { from, to, port, family, answer } = asked;
      const rules = ruleLines(asked, catalogue).map(placedText).join("; ");
      const question = [from, to, port?.protocol ?? "", `${port?.port ?? ""}`, `${family ?? ""}`];
      return [row([verdictOf(answer), ...question, ...answerCells(answer), rules])];
    },
    tail: () => gaps.map(({ what, code }) => row(["not-evaluated", what, "", "", "", "", "", code, "", ""])),
  };
}

function answerCells(answer: Answered["answer"]): readonly [open: string, reason: string, backends: string] {
  if (!isAnswer(answer))
    return ["", answer.line === undefined ? answer.reason : `${answer.reason}; line ${answer.line}`, ""];
  const { ports, on = [], gap, backends = [] } = answer;
  const reasons = gap === undefined ? on : [...on, gap];
  const behind = backends.map(({ to, port, verdict }) => `${to} ${port} ${verdict}`);
  return [ports === undefined ? "" : plainPorts(ports), reasons.join("; "), behind.join("; ")];
}

export function markdownAnswers({ catalogue, notes, gaps }: AnswerContext): AnswerWriter {
  const { say } = catalogue;
  const columns = (["verdict", "from", "to", "ports", "why"] as const).map((column) => say(`network.column-${column}`));
  return {
    head: () => [`| ${columns.join(" | ")} |\n|---|---|---|---|---|\n`],
    answer: (asked) => {
      const { from, to, answer } = asked;
      const why = everyLine(asked, catalogue).map((line) => codeSpan(placedText(line)));
      const cells = [say(`network.${verdictOf(answer)}`), ...[from, to, askedPort(asked, catalogue)].map(codeSpan)];
      return [`| ${[...cells, why.join("<br>")].join(" | ")} |\n`];
    },
    tail: () => restOfMarkdown({ notes, gaps }, catalogue),
  };
}

/** A line for each answer, and below it what decides. */
export function textAnswers(context: AnswerContext): AnswerWriter {
  const { catalogue, notes, gaps, text } = context;
  const { style, width } = text;
  return {
    *answer(asked) {
      const verdict = verdictOf(asked.answer);
      const ends = [asked.from, asked.to].filter((end) => end !== "").map(printable);
      const head = verdictColour(verdict, style)(style.bold(catalogue.say(`network.${verdict}`)));
      yield `${head}  ${ends.join(" → ")}  ${askedPort(asked, catalogue)}`.trimEnd() + "\n";
      for (const line of everyLine(asked, catalogue))
        for (const part of placed(line, width - INDENT.length, style)) yield `${INDENT}${part}\n`;
    },
    *tail() {
      for (const note of notes) for (const line of wrap(noteText(note, catalogue), width)) yield `${line}\n`;
      yield* gapLines(gaps, catalogue, style);
    },
  };
}

const INDENT = "    ";
