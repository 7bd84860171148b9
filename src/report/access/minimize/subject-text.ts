// One subject's proposal for people: the roles rule by rule, what they replace, what is unused, what nobody can judge.

import { positionOf, type AccessSource } from "../../../layers/access/access-source.ts";
import type { OwnBinding } from "../../../layers/access/minimize/own-bindings.ts";
import type { SubjectResult } from "../../../layers/access/minimize/minimize.ts";
import type { PolicyRule } from "../../../layers/access/policy-rule.ts";
import type { Catalogue } from "../../catalogue.ts";
import { placeText } from "../../evidence-text.ts";
import { printable } from "../../printable.ts";
import type { TextOptions } from "../../text/text.ts";
import { wrap } from "../../text/wrap.ts";
import { referenceText, ruleText } from "../chain-text.ts";
import { proofText, tupleText, unknownTexts } from "./used-text.ts";

const MOST_SHOWN = 5;

/** What is known of today's rights. */
interface PresentRights {
  readonly hasPresent: boolean;
  readonly isPresentPart: boolean;
}

/** Whose it is and how much of what it used would be lost; then its proposal. */
export function* subjectText(
  subject: SubjectResult<AccessSource>,
  present: PresentRights,
  catalogue: Catalogue,
  text: TextOptions,
): Generator<string> {
  const { bold, green, red } = text.style;
  const proof = proofText(subject, catalogue);
  yield `\n${bold(printable(subject.user))}  ${subject.proof.lost.length === 0 ? green(proof) : red(proof)}\n`;
  const { uses, replaced, staying } = subject;
  if (present.hasPresent && uses.length + replaced.length + staying.length === 0)
    yield* lines(catalogue.say("minimize.nobody"), text.width, "  ", "    ");
  const rolesText = subject.evidence === "whole" ? "minimize.no-roles" : "minimize.no-roles-seen";
  yield* subjectBody(subject, { ...present, noRoles: catalogue.say(rolesText) }, catalogue, text);
}

/** The roles, what they replace, and what the log cannot say. */
export function* subjectBody(
  subject: SubjectResult<AccessSource>,
  {
    hasPresent,
    isPresentPart,
    noRoles,
  }: PresentRights & { /** Said where there are none. */ readonly noRoles: string },
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const { say } = catalogue;
  const { proof, roles, replaced, staying, needs, held, unseenKept, isCut } = subject;
  for (const tuple of proof.lost.slice(0, MOST_SHOWN)) yield* lines(tupleText(tuple), width, "    ", "    ");
  if (needs.kept.length > 0) yield* lines(say("minimize.kept", { count: needs.kept.length }), width, "  ", "    ");
  for (const { kind, name, namespaces, rules } of roles) {
    const where =
      namespaces[0] === ""
        ? say("access.scope-all")
        : say("access.scope", { namespace: printable(shortList(namespaces)) });
    yield `  ${style.bold(printable(`${kind} ${name}`))}  ${where}\n`;
    for (const { rule, requests, unused } of rules) {
      const why = unused === undefined ? say("minimize.rule-requests", { requests }) : say(`minimize.rule-${unused}`);
      yield* lines(`${ruleText(rule)}  ${why}`, width, "    ", "        ");
    }
  }
  if (roles.length === 0 && noRoles !== "") yield* lines(noRoles, width, "  ", "    ");
  for (const own of replaced) yield* lines(replacedText(own, catalogue), width, "  ", "    ");
  for (const own of staying) yield* lines(stayingText(own, catalogue), width, "  ", "    ");
  if (hasPresent && needs.noLonger.length > 0) {
    yield* lines(
      say(isPresentPart ? "minimize.not-given" : "minimize.no-longer", { count: needs.noLonger.length }),
      width,
      "  ",
      "    ",
    );
    for (const tuple of needs.noLonger.slice(0, MOST_SHOWN)) yield* lines(tupleText(tuple), width, "    ", "        ");
  }
  const open = unknownTexts(needs.unknown, catalogue);
  for (const line of open.slice(0, MOST_SHOWN)) yield* lines(style.yellow(line), width, "  ", "    ");
  if (open.length > MOST_SHOWN)
    yield* lines(say("minimize.more-unknown", { count: open.length - MOST_SHOWN }), width, "  ", "    ");
  if (isCut) yield* lines(style.yellow(say("minimize.cut")), width, "  ", "    ");
  for (const { namespace, rules } of held.unused)
    yield* lines(
      say("minimize.unused", { rights: rulesText(rules), scope: scopeText(namespace, catalogue) }),
      width,
      "  ",
      "    ",
    );
  const kept = new Set(unseenKept.map(({ namespace }) => namespace));
  for (const { namespace, rules, reason } of held.unjudged) {
    const id = `minimize.unjudged-${reason}` as const;
    const values = { rights: rulesText(rules), scope: scopeText(namespace, catalogue) };
    yield* lines(say(id, values), width, "  ", "    ");
  }
  if (kept.size > 0) yield* lines(say("minimize.unseen-kept"), width, "  ", "    ");
}

function replacedText(own: OwnBinding<AccessSource>, { say }: Catalogue): string {
  const { length } = own.others;
  return `${say(length === 0 ? "minimize.delete" : "minimize.leave", { ...namesOf(own), others: length })}${placeOf(own)}`;
}

function stayingText(own: OwnBinding<AccessSource>, { say }: Catalogue): string {
  return `${say("minimize.stay", namesOf(own))}${placeOf(own)}`;
}

function namesOf({ binding }: OwnBinding<AccessSource>) {
  const role = printable(`${binding.roleRef.kind} ${binding.roleRef.name}`);
  return { binding: referenceText(binding.resource), role };
}

function placeOf({ binding }: OwnBinding<AccessSource>): string {
  const position = positionOf(binding.resource, ["subjects"]);
  return position === undefined ? "" : `  ${placeText(position)}`;
}

function rulesText(rules: readonly PolicyRule[]): string {
  const shown = rules.slice(0, MOST_SHOWN).map(ruleText).join("; ");
  return rules.length > MOST_SHOWN ? `${shown}; … +${rules.length - MOST_SHOWN}` : shown;
}

function scopeText(namespace: string, { say }: Catalogue): string {
  return namespace === "" ? say("access.scope-all") : say("access.scope", { namespace: printable(namespace) });
}

export function shortList(names: readonly string[]): string {
  const shown = printable(names.slice(0, MOST_SHOWN).join(", "));
  return names.length > MOST_SHOWN ? `${shown}, … +${names.length - MOST_SHOWN}` : shown;
}

/** Wrapped, the further lines indented. */
export function* lines(text: string, width: number, first: string, further: string): Generator<string> {
  for (const [index, line] of wrap(text, width - further.length).entries())
    yield `${index === 0 ? first : further}${line}\n`;
}
