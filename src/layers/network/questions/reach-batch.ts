// `network reach --batch`: one question per line, answered in order by the same object with its verdict.

import { integer, narrow, object, string } from "../../../kubernetes/shape.ts";
import type { Network } from "../network.ts";
import type { Verdict } from "../reach.ts";
import type { ChainLink } from "./chain.ts";
import { parsePort } from "./named-ports.ts";
import { answerReach, type ReachAnswer } from "./reach-answer.ts";

const question = object({ from: string, to: string, protocol: string, port: integer, family: integer });

export interface BatchAnswer {
  readonly [field: string]: unknown;
  readonly verdict: Verdict | "not-evaluated";
  readonly by?: readonly ChainLink[];
  readonly depends?: string;
  /** Why the line could not be answered, and names near to what was meant. */
  readonly reason?: string;
  readonly nearest?: readonly string[];
}

/** Answers one parsed line. A line that is no question is not evaluated, with the reason. */
export function answerLine(network: Network, line: unknown, withExplanation: boolean): BatchAnswer {
  const fields = typeof line === "object" && line !== null && !Array.isArray(line) ? line : {};
  const narrowed = narrow(question, line);
  if (!narrowed.ok) return { ...fields, verdict: "not-evaluated", reason: "malformed-question" };
  const { from, to, protocol, port, family } = narrowed.value;
  if (!from || !to) return { ...fields, verdict: "not-evaluated", reason: "no-ends" };
  if (family != null && family !== 4 && family !== 6)
    return { ...fields, verdict: "not-evaluated", reason: "no-family" };
  const named = port == null ? undefined : parsePort(`${protocol ?? "TCP"}/${port}`);
  if (port != null && named === undefined) return { ...fields, verdict: "not-evaluated", reason: "no-port" };
  const answer = answerReach(network, from, to, named, family ?? undefined);
  if (answer.kind === "answer") return { ...fields, ...shortened(answer.answer, withExplanation) };
  const { end } = answer;
  const nearest = end.kind === "unknown" ? end.nearest : end.candidates;
  return { ...fields, verdict: "not-evaluated", reason: `${end.kind}-name`, nearest };
}

function shortened({ verdict, by, depends, gap }: ReachAnswer, withExplanation: boolean): BatchAnswer {
  return {
    verdict,
    ...(depends === undefined ? {} : { depends }),
    ...(gap === undefined ? {} : { gap }),
    ...(withExplanation ? { by } : {}),
  };
}
