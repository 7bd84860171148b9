// `access generate` for people: the account, what it is for, and what is to be changed.

import { workloadName } from "../../../layers/access/generate/workload-facts.ts";
import type { AccessSource } from "../../../layers/access/access-source.ts";
import type { GeneratedAccess } from "../../../layers/access/generate/generate-access.ts";
import { formatPath } from "../../../kubernetes/path.ts";
import type { Gap } from "../../../verdicts/gap.ts";
import type { Catalogue } from "../../catalogue.ts";
import { printable } from "../../printable.ts";
import type { TextOptions } from "../../text/text.ts";
import { wrap } from "../../text/wrap.ts";
import { gapLines } from "../gap-lines.ts";
import { subjectBody } from "../minimize/subject-text.ts";
import { noteText } from "../note.ts";
import { hintText, type GenerateReport } from "./generate-report.ts";

export function* generateText(report: GenerateReport, catalogue: Catalogue, text: TextOptions): Generator<string> {
  const { say } = catalogue;
  const { width, style } = text;
  const { generated, log, notes, gaps } = report;
  const { workload, account, isKept, sharedWith, from, automount, automountToday, hints, result } = generated;
  const { namespace } = workload;
  const token = say(automount ? "generate.token" : "generate.no-token");
  yield `${style.bold(printable(workloadName(workload)))}  ServiceAccount ${printable(`${namespace}/${account}`)}, ${token}\n`;
  const today = {
    account: printable(`${namespace}/${workload.account}`),
    token: say(automountToday ? "generate.token" : "generate.no-token"),
    others: printable(
      sharedWith.slice(0, 3).join(", ") + (sharedWith.length > 3 ? `, … +${sharedWith.length - 3}` : ""),
    ),
  };
  const situation = isKept ? "generate.today-own" : sharedWith.length > 0 ? "generate.today-shared" : "generate.today";
  const lines = [
    say(situation, today),
    say(`generate.from-${from.kind}`, { requests: result.uses.reduce((sum, { requests }) => sum + requests, 0) }),
    ...(log?.evidence === "none" ? [say("generate.log-none")] : []),
    ...hints.map((hint) => hintText(hint, catalogue)),
  ];
  if (log !== undefined && log.usage.coverage.from !== "")
    lines.push(say("generate.log-window", { from: time(log.usage.coverage.from), to: time(log.usage.coverage.to) }));
  for (const line of lines) for (const part of wrap(line, width - 2)) yield `  ${part}\n`;
  yield* subjectBody(
    result,
    {
      hasPresent: from.kind === "log",
      isPresentPart: gaps.some((gap) => !isOfLog(gap)),
      noRoles: noRolesText(generated, catalogue),
    },
    catalogue,
    text,
  );
  const [spec = ["spec"]] = workload.specs;
  yield `  ${style.bold(say("generate.edit"))}\n`;
  yield `    ${formatPath([...spec, "serviceAccountName"])}: ${printable(account)}\n`;
  yield `    ${formatPath([...spec, "automountServiceAccountToken"])}: ${String(automount)}\n`;
  if (workload.kind === "Pod") for (const part of wrap(say("generate.pod"), width - 4)) yield `    ${part}\n`;
  for (const note of notes) for (const line of wrap(noteText(note, catalogue), width)) yield `${line}\n`;
  yield* gapLines(gaps, catalogue, style);
}

/** Every other is of the input, and may hide a right. */
function isOfLog({ code, isAccepted }: Gap): boolean {
  return isAccepted === true || code.startsWith("audit-");
}

/** Why there are no roles, as far as what the rights come from can say. */
function noRolesText({ from, isKept, result }: GeneratedAccess<AccessSource>, { say }: Catalogue): string {
  switch (from.kind) {
    case "log":
      return say(result.evidence === "whole" ? "minimize.no-roles" : "minimize.no-roles-seen");
    case "declared":
      return say("generate.no-roles-declared");
    case "bindings":
      return say(isKept ? "generate.no-roles-kept" : "minimize.no-roles");
    case "open":
      return ""; // said already
  }
}

function time(text: string): string {
  return printable(text.slice(0, 16).replace("T", " "));
}
