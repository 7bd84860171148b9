// Findings, manual checks and exceptions as SARIF results; gaps and notes as notifications of the invocation.

import { qualifiedName, type ResourceId } from "../../cluster/resource-id.ts";
import type { Position } from "../../cluster/resource.ts";
import { formatPath } from "../../kubernetes/path.ts";
import { fingerprintOf, type LocatedEvidence } from "../../verdicts/finding.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import { resourceText, valueText } from "../evidence-text.ts";
import type { ReportedException } from "../../verdicts/excepted.ts";
import { textOf } from "../finding-text.ts";
import { gapText } from "../gap-text.ts";
import type { WordedNote } from "../note-text.ts";
import { printable } from "../printable.ts";
import type { Reported } from "../report.ts";
import { fileLocation, messageText, objectLocation } from "./artifact.ts";
import { LEVELS } from "./descriptor.ts";

/** One result. `ruleIndex` points into the driver's rules, `occurrence` counts equal fingerprints from 1. */
export function resultOf(reported: Reported, ruleIndex: number, occurrence: number, catalogue: Catalogue): object {
  const { status, finding } = reported;
  const { rule, resource, evidence } = finding;
  const fingerprint = fingerprintOf(finding);
  const { message } = textOf(finding, catalogue.language);
  const [first, ...others] = evidence;
  const value = first === undefined ? "" : ` (${valueText(first, catalogue)})`;
  const related = others.filter(({ position }) => position !== undefined);
  return {
    ruleId: rule.id,
    ...(ruleIndex >= 0 && { ruleIndex }),
    // Only failures have a level; what a person must look at is up for review (SARIF 2.1.0, 3.27.9).
    kind: status === "manual" ? "review" : "fail",
    level: status === "manual" ? "none" : LEVELS[rule.severity],
    message: messageText(`${resourceText(resource)}: ${message}${value}`),
    locations: [locationOf(first?.position, first?.resource ?? resource, first)],
    ...(related.length > 0 && {
      relatedLocations: related.map((one, index) => ({
        id: index + 1,
        ...locationOf(one.position, one.resource ?? resource, one),
        message: messageText(valueText(one, catalogue)),
      })),
    }),
    // Code scanning follows an alert by the first; both outlive moves, reordering and rendering.
    partialFingerprints: {
      primaryLocationLineHash: `${fingerprint}:${occurrence}`,
      "ringwall/v1": fingerprint,
    },
    ...(status === "excepted" && { suppressions: [suppressionOf(reported.finding.exception)] }),
    properties: { severity: rule.severity, status },
  };
}

function suppressionOf({ reason, owner, expires }: ReportedException): object {
  return {
    kind: "external",
    status: "accepted",
    justification: printable(reason),
    ...((owner !== undefined || expires !== undefined) && {
      properties: { ...(owner !== undefined && { owner }), ...(expires !== undefined && { expires }) },
    }),
  };
}

function locationOf(
  position: Position | undefined,
  resource: ResourceId,
  evidence: LocatedEvidence | undefined,
): object {
  return {
    physicalLocation: physicalLocationOf(position, resource),
    logicalLocations: [
      {
        name: printable(resource.name),
        kind: "resource",
        fullyQualifiedName: printable(
          [`${resource.kind}/${qualifiedName(resource)}`, evidence === undefined ? "" : formatPath(evidence.path)]
            .filter((part) => part !== "")
            .join("/"),
        ),
      },
    ],
  };
}

function physicalLocationOf(position: Position | undefined, resource: ResourceId): object {
  if (position === undefined) return { artifactLocation: objectLocation(resource) };
  const { file, line, column } = position;
  return { artifactLocation: fileLocation(file), region: { startLine: line, startColumn: column } };
}

/** What was not evaluated: a warning; a note when that is by design or accepted. */
export function gapNotification(gap: Gap, index: number, catalogue: Catalogue): object {
  const { code, what, position, resource, rules, isAccepted } = gap;
  return {
    descriptor: { id: code, index },
    level: isAccepted === true ? "note" : "warning",
    message: messageText(catalogue.say("report.gap", { text: `${what}: ${gapText(gap, catalogue)}` })),
    ...placeOf(position, resource),
    properties: { verdict: "not-evaluated", ...(rules !== undefined && { rules }) },
  };
}

export function noteNotification({ code, message, position, resource }: WordedNote, index: number): object {
  return {
    descriptor: { id: code, index },
    level: "note",
    message: messageText(message),
    ...placeOf(position, resource),
  };
}

/** The place of a notification; none when it has no file. */
function placeOf(position: Position | undefined, resource: ResourceId | undefined): object {
  if (position === undefined) return {};
  if (resource !== undefined) return { locations: [locationOf(position, resource, undefined)] };
  const { file, line, column } = position;
  const region = { startLine: line, startColumn: column };
  return { locations: [{ physicalLocation: { artifactLocation: fileLocation(file), region } }] };
}
