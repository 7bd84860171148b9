// `ringwall access can`: may this identity do that? The API server's own answer, with the chain that grants it.

import type { AccessSource } from "../layers/access/access-source.ts";
import { positionOf } from "../layers/access/access-source.ts";
import type { Access } from "../layers/access/access-engine.ts";
import type { Action } from "../layers/access/action.ts";
import type { Decision } from "../layers/access/decision.ts";
import type { Identity } from "../layers/access/identity.ts";
import type { ResolutionError } from "../layers/access/resolution-error.ts";
import { canJson, canText, type CanReport } from "../report/access/can.ts";
import { referenceText } from "../report/access/chain-text.ts";
import { relevantNotes, type AccessNote } from "../report/access/note.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { readAccess, type AccessFlags } from "./access-input.ts";
import { identityOf, questionOf, type QuestionFlags } from "./access-question.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { UsageError } from "./usage-error.ts";

export interface CanFlags extends AccessFlags, QuestionFlags {
  readonly batch?: string;
  readonly explain?: true;
}

const FORMATS = { text: canText, json: canJson, ndjson: canJson } as const;
const CONNECTS: ReadonlySet<string> = new Set(["attach", "exec", "portforward"]);

/** Exit 0: yes; 1: no; 3: yes or unanswered, and something could not be read. */
export async function accessCan(words: readonly string[], flags: CanFlags, streams: Streams): Promise<number> {
  if (flags.batch !== undefined) {
    const { answerBatch } = await import("./access-batch.ts");
    return answerBatch(words, { ...flags, batch: flags.batch }, streams);
  }
  if (flags.explain === true) throw new UsageError("error.access-explain", {});
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const identity = identityOf(flags);
  const [verb, target, ...targets] = words;
  questionOf(verb, target, flags, "default", "can"); // a mistake is said before anything is read
  const input = await readAccess([...targets, ...flags.filename], flags, streams);
  const question = questionOf(verb, target, flags, input.namespace, "can");
  const { access } = input;
  const { action } = question;
  const decision = input.isEmpty ? undefined : access.authorize(identity, action);
  const grants = decision?.allowed === true ? access.grantsOf(identity, action) : [];
  const report: CanReport = {
    identity,
    action,
    decision,
    grants,
    notes: [...question.notes, ...notesOn(access, identity, action, decision), ...relevantNotes(input.notes, grants)],
    gaps: input.gaps,
  };
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  if (decision?.allowed === false) return 1;
  return input.gaps.length > 0 ? 3 : 0;
}

function notesOn(
  access: Access<AccessSource>,
  identity: Identity,
  action: Action,
  decision: Decision<AccessSource> | undefined,
): readonly AccessNote[] {
  if (decision === undefined) return [];
  if (!decision.allowed) return danglingNotes(decision.errors);
  const isConnect =
    action.kind === "resource" &&
    action.verb === "get" &&
    action.resource === "pods" &&
    CONNECTS.has(action.subresource);
  if (!isConnect || !access.features.execNeedsCreate) return [];
  const { allowed } = access.authorize(identity, { ...action, verb: "create" });
  return [{ kind: "also-create", subresource: action.subresource, allowed }];
}

/** Bindings of the identity that refer to what is not there. */
export function danglingNotes(errors: readonly ResolutionError<AccessSource>[]): readonly AccessNote[] {
  return errors.map(({ binding: { resource, roleRef } }) => ({
    kind: "dangling",
    binding: referenceText(resource),
    role: `${roleRef.kind} ${roleRef.name}`,
    at: positionOf(resource, ["roleRef"]),
  }));
}
