// `network reach --batch`: one question per line, answered in order by the same object with its verdict.

import { integer, narrow, object, string } from "../../../kubernetes/shape.ts";
import type { AddressFamily } from "../address.ts";
import type { Network } from "../network.ts";
import type { Verdict } from "../reach.ts";
import type { ChainLink } from "./chain.ts";
import { parsePort, type NamedPort } from "./named-ports.ts";
import { answerReach, type ReachAnswer } from "./reach-answer.ts";

const question = object({ from: string, to: string, protocol: string, port: integer, family: integer });

/** Why a question has no answer, about which of its words, and names near to what was meant. As batches print it. */
export interface Refusal {
  readonly reason:
    | "not-json"
    | "malformed-question"
    | "no-ends"
    | "no-family"
    | "no-port"
    | "unknown-name"
    | "ambiguous-name"
    | "unread-name"
    | "nothing-read";
  readonly value?: string;
  readonly nearest?: readonly string[];
  /** Of the batch; counts from 1. */
  readonly line?: number;
}

/** A question as it was understood, with its answer; the ends of what is no question are empty. */
export interface Answered {
  readonly from: string;
  readonly to: string;
  readonly port: NamedPort | undefined;
  readonly family: AddressFamily | undefined;
  readonly answer: ReachAnswer | Refusal;
}

/** An answered line, with the fields it came with. */
export interface AnsweredLine extends Answered {
  readonly fields: object;
}

export interface BatchAnswer {
  readonly [field: string]: unknown;
  readonly verdict: Verdict | "not-evaluated";
  readonly by?: readonly ChainLink[];
  readonly depends?: string;
  readonly reason?: string;
  readonly nearest?: readonly string[];
}

/** Whether it is an answer, `depends` among them, and not a refusal. */
export function isAnswer(answer: ReachAnswer | Refusal): answer is ReachAnswer {
  return "verdict" in answer;
}

/** Answers the value of one line; without rules much faster. What is no question is not evaluated, with the reason. */
export function askLine(network: Network, value: unknown, withRules: boolean, line = 1): AnsweredLine {
  const fields = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const narrowed = narrow(question, value);
  if (!narrowed.ok) return unasked(fields, { reason: "malformed-question", line });
  const { from, to, protocol, port, family } = narrowed.value;
  const ends = { from: from ?? "", to: to ?? "" };
  if (!from || !to) return { ...unasked(fields, { reason: "no-ends", line }), ...ends };
  if (family != null && family !== 4 && family !== 6)
    return { ...unasked(fields, { reason: "no-family", line }), ...ends };
  const named = port == null ? undefined : parsePort(`${protocol ?? "TCP"}/${port}`);
  // A protocol without a port is no question either: what anything may pass says nothing of it.
  if (port == null ? protocol != null : named === undefined)
    return { ...unasked(fields, { reason: "no-port", line }), ...ends };
  const asked: Omit<AnsweredLine, "answer"> = { fields, ...ends, port: named, family: family ?? undefined };
  const answer = answerReach(network, from, to, asked.port, asked.family, withRules);
  if (answer.kind === "answer") return { ...asked, answer: answer.answer };
  const { end } = answer;
  const nearest = end.kind === "unknown" ? end.nearest : end.candidates;
  return { ...asked, answer: { reason: `${end.kind}-name`, value: end.text, nearest, line } };
}

/** A line that asks nothing. */
export function unasked(fields: object, answer: Refusal): AnsweredLine {
  return { fields, from: "", to: "", port: undefined, family: undefined, answer };
}

/** The line's own fields and the answer, as one object. */
export function lineDocument({ fields, answer }: AnsweredLine): BatchAnswer {
  if (!isAnswer(answer)) return { ...fields, verdict: "not-evaluated", ...answer };
  const { verdict, by, depends, gap } = answer;
  return {
    ...fields,
    verdict,
    ...(depends === undefined ? {} : { depends }),
    ...(gap === undefined ? {} : { gap }),
    ...(by === undefined ? {} : { by }),
  };
}
