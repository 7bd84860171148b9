// What a question asks and what decides its answer, in words; one and many questions say it alike.

import { isAnswer, type Answered, type Refusal } from "../../layers/network/questions/reach-batch.ts";
import type { ReachAnswer } from "../../layers/network/questions/reach-answer.ts";
import type { Verdict } from "../../layers/network/reach.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import type { Style } from "../text/style.ts";
import { chainLines, plain, type ChainLine } from "./chain-text.ts";
import { portsText } from "./ports-text.ts";

/** `not-evaluated` is no verdict, but stands where one would. */
export function verdictOf(answer: ReachAnswer | Refusal): Verdict | "not-evaluated" {
  return isAnswer(answer) ? answer.verdict : "not-evaluated";
}

export function verdictColour(verdict: Verdict | "not-evaluated", style: Style): (text: string) => string {
  if (verdict === "allowed") return style.green;
  return verdict === "denied" ? style.red : style.yellow;
}

/** `TCP 8080`; "any port" of a question without one, nothing of what is no question. */
export function askedPort({ port, answer }: Answered, { say }: Catalogue): string {
  if (port === undefined && !isAnswer(answer)) return "";
  return port === undefined ? say("network.any-port") : `${port.protocol} ${port.port}`;
}

/** The deciding rules, egress first; none where they were not asked for. */
export function ruleLines(asked: Answered, catalogue: Catalogue): readonly ChainLine[] {
  const { from, to, answer } = asked;
  return isAnswer(answer)
    ? chainLines(answer.by ?? [], { from, to, ports: askedPort(asked, catalogue) }, catalogue)
    : [];
}

/** All that is said of an answer: the rules, what belongs to it, the pods behind a Service. */
export function everyLine(asked: Answered, catalogue: Catalogue): readonly ChainLine[] {
  return [...ruleLines(asked, catalogue), ...answerLines(asked, catalogue), ...backendLines(asked, catalogue)];
}

/** What belongs to the answer beside the rules and the pods: open ports, what it depends on, a refusal. */
export function answerLines({ answer }: Answered, catalogue: Catalogue): readonly ChainLine[] {
  if (!isAnswer(answer)) return [plain(refusalText(answer, catalogue))];
  const { say } = catalogue;
  const { ports, on = [], gap } = answer;
  const open = ports === undefined ? [] : [say("network.open-ports", { ports: portsText(ports, catalogue) })];
  const depends = on.map((question) => say(`network.on-${question}`));
  const gaps = gap === undefined ? [] : [say(`network.gap-${gap}`)];
  return [...open, ...depends, ...gaps].map(plain);
}

function backendLines({ to, answer }: Answered, { say }: Catalogue): readonly ChainLine[] {
  const backends = isAnswer(answer) ? (answer.backends ?? []) : [];
  return backends.map(({ to: pod, port, verdict }) => {
    const values = { service: printable(to), pod: printable(pod), port, verdict: say(`network.${verdict}`) };
    return plain(say("network.backend", values));
  });
}

function refusalText({ reason, value = "", nearest = [], line }: Refusal, { say }: Catalogue): string {
  const text = say(`network.refused-${reason}`, { value: printable(value) });
  const names =
    nearest.length === 0 ? "" : ` ${say("network.refused-nearest", { names: printable(nearest.join(", ")) })}`;
  return line === undefined ? `${text}${names}` : say("network.refused-line", { line, text: `${text}${names}` });
}
