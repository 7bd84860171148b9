// `access minimize` as a document.

import { locateFact, type AccessSource } from "../../../layers/access/access-source.ts";
import type { ScopedRules } from "../../../layers/access/minimize/held-rights.ts";
import type { OwnBinding } from "../../../layers/access/minimize/own-bindings.ts";
import type { SubjectResult } from "../../../layers/access/minimize/minimize.ts";
import type { UsedTuple } from "../../../layers/access/minimize/subject-needs.ts";
import { ruleDocument, subjectDocument } from "../../../layers/access/questions/grant-document.ts";
import { checksOf } from "../../../layers/access/requirement.ts";
import { subjectObject } from "../../../layers/access/minimize/role-objects.ts";
import type { Catalogue } from "../../catalogue.ts";
import { gapJson } from "../../finding-json.ts";
import { jsonElements, jsonText } from "../../json-text.ts";
import { actionDocument } from "../action-text.ts";
import { noteDocument } from "../note.ts";
import type { MinimizeReport, ReportedLog } from "./minimize-report.ts";
import { besideText } from "./used-text.ts";

export function* minimizeJson(report: MinimizeReport, catalogue: Catalogue): Generator<string> {
  const { log, result, notes, gaps, hasPresent } = report;
  const { nodes, masters, byDefaultsOnly, unseen, unjudged, subjects } = result;
  yield `{"schema":"ringwall.access-minimize/v1","log":${jsonText(logDocument(log))},\n"logOnly":${String(!hasPresent)},"subjects":[`;
  yield* jsonElements(subjects, subjectDocumentOf);
  const rest = {
    nodes,
    masters,
    defaultsOnly: byDefaultsOnly,
    notInLog: unseen,
    ...(unjudged.length > 0 && { notJudged: unjudged }),
    notes: notes.map((note) => noteDocument(note, catalogue)),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
  yield `],\n${jsonText(rest).slice(1)}\n`;
}

export function logDocument({ usage, evidence, files, bytes }: ReportedLog): object {
  return { files, bytes, identities: usage.identities.length, evidence, ...usage.coverage };
}

export function subjectDocumentOf(subject: SubjectResult<AccessSource>): object {
  const { user, proof, roles, objects, replaced, staying, needs, held, unseenKept, isCut } = subject;
  return {
    user,
    subject: subjectObject(user),
    proof: { tuples: proof.tuples, lost: proof.lost.map(tupleDocument) },
    used: needs.needed.map(tupleDocument),
    keptByOthers: needs.kept.map(tupleDocument),
    noLongerAllowed: needs.noLonger.map(tupleDocument),
    unproved: needs.unknown.map(({ beside, requests }) => ({
      what: beside.kind,
      object: besideText(beside),
      requests,
    })),
    roles: roles.map(({ kind, name, namespaces, rules }) => ({
      kind,
      name,
      namespaces,
      rules: rules.map(({ rule, requests, tuples, unused }) => ({
        rule: ruleDocument(rule),
        requests,
        tuples,
        ...(unused !== undefined && { [unused]: true }),
      })),
    })),
    objects,
    replaces: replaced.map(replacedDocument),
    ...(staying.length > 0 && { stays: staying.map(replacedDocument) }),
    unused: held.unused.map(scopeDocument),
    notJudged: held.unjudged.map((one) => ({ ...scopeDocument(one), reason: one.reason })),
    unseenKept: unseenKept.map(scopeDocument),
    ...(isCut && { cut: true }),
  };
}

function scopeDocument({ namespace, rules }: ScopedRules): object {
  return { namespace, rules: rules.map(ruleDocument) };
}

function replacedDocument({ binding, others }: OwnBinding<AccessSource>): object {
  const { kind, name, namespace } = binding.resource;
  const at = locateFact(binding.resource, ["subjects"]);
  return {
    kind,
    ...(namespace === "" ? {} : { namespace }),
    name,
    roleRef: { kind: binding.roleRef.kind, name: binding.roleRef.name },
    otherSubjects: others.map(subjectDocument),
    ...(at === undefined ? {} : { at }),
  };
}

/** Of a check inside a request, every action that takes part in meeting it, and the rules to be covered. */
function tupleDocument({ identity, purpose, requirement, requests, isAskedByOthers }: UsedTuple): object {
  const checks = [...checksOf(requirement)];
  const actions = checks.flatMap((check) => (check.kind === "action" ? [actionDocument(check.action)] : []));
  const rules = checks.flatMap((check) => (check.kind === "cover" ? check.rules.map(ruleDocument) : []));
  return {
    purpose,
    actions,
    ...(rules.length > 0 && { rules }),
    groups: identity.groups,
    requests,
    ...(isAskedByOthers && { askedByOthers: true }),
  };
}
