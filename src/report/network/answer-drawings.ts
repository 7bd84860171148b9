// `network reach -o dot|mermaid`: an answer is an edge, with the pods behind a Service as edges of their own.

import { isAnswer } from "../../layers/network/questions/reach-batch.ts";
import type { Verdict } from "../../layers/network/reach.ts";
import { gapLine } from "../access/gap-lines.ts";
import { answerLines, askedPort, ruleLines, verdictOf } from "./answer-text.ts";
import type { AnswerContext, AnswerWriter } from "./answer-writer.ts";
import { placedText } from "./chain-text.ts";
import { dotDrawing, mermaidDrawing, type DrawnEdge, type Drawing } from "./edge-drawing.ts";

export function dotAnswers(context: AnswerContext): AnswerWriter {
  return answersOn(dotDrawing(), context);
}

export function mermaidAnswers(context: AnswerContext): AnswerWriter {
  return answersOn(mermaidDrawing(), context);
}

const VERDICT_EDGES: Readonly<Record<Verdict | "not-evaluated", Pick<DrawnEdge, "colour" | "line">>> = {
  allowed: { colour: "green", line: "open" },
  denied: { colour: "red", line: "closed" },
  depends: { colour: "orange", line: "unsure" },
  "not-evaluated": { colour: "gray", line: "unsure" },
};

/** The end of a question that has none. */
const UNNAMED = "?";

function answersOn(drawing: Drawing, { catalogue, gaps }: AnswerContext): AnswerWriter {
  const { say } = catalogue;
  return {
    head: () => drawing.head(gaps.map((gap) => gapLine(gap, catalogue))),
    *answer(asked) {
      const { answer } = asked;
      const from = asked.from || UNNAMED;
      const to = asked.to || UNNAMED;
      const verdict = verdictOf(answer);
      const rules = ruleLines(asked, catalogue).map(placedText);
      const backends = isAnswer(answer) ? (answer.backends ?? []) : [];
      const more = answerLines(asked, catalogue).map(placedText);
      const head = `${say(`network.${verdict}`)} ${askedPort(asked, catalogue)}`.trimEnd();
      yield* drawing.edge({ from, to, lines: [head, ...rules, ...more], ...VERDICT_EDGES[verdict] });
      for (const { to: pod, port, verdict: behind } of backends) {
        const line = `${say(`network.${behind}`)} ${port}`;
        yield* drawing.edge({ from: to, to: pod, lines: [line], ...VERDICT_EDGES[behind] });
      }
    },
    tail: drawing.tail,
  };
}
