// The JSON shapes shared by json, ndjson and other machine formats (design: ringwall.report/v1).

import { formatPath } from "../kubernetes/path.ts";
import type { ResourceId } from "../cluster/resource-id.ts";
import { fingerprintOf, type Finding, type LocatedEvidence } from "../verdicts/finding.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Catalogue } from "./catalogue.ts";
import type { ReportedException } from "../verdicts/excepted.ts";
import { textOf } from "./finding-text.ts";
import type { WordedNote } from "./note-text.ts";
import { layerOf, type Reported } from "./report.ts";

/** A resource as reports name it; `namespace` is left out for cluster-scoped ones. */
export function resourceJson(id: ResourceId): object {
  const { apiVersion, kind, namespace, name } = id;
  return namespace === "" ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
}

export function evidenceJson(evidence: LocatedEvidence): object {
  const { position, resource } = evidence;
  return {
    path: formatPath(evidence.path),
    ...valueJson(evidence),
    ...position,
    ...(resource && { resource: resourceJson(resource) }),
    ...(evidence.setBy && { setBy: evidence.setBy }),
  };
}

function valueJson(evidence: LocatedEvidence): object {
  if (evidence.redacted === true) return { redacted: true };
  // A value that was never given stands as null: JSON has no word for undefined.
  if (evidence.absent !== true) return { value: evidence.value ?? null };
  return evidence.default === undefined ? { absent: true } : { absent: true, default: evidence.default };
}

export function findingJson(reported: Reported, catalogue: Catalogue): object {
  const { status, finding } = reported;
  const { rule } = finding;
  const { message, risk, fix } = textOf(finding, catalogue.language);
  return {
    id: fingerprintOf(finding),
    rule: rule.id,
    layer: layerOf(rule),
    severity: rule.severity,
    status,
    resource: resourceJson(finding.resource),
    message,
    detail: risk,
    evidence: finding.evidence.map(evidenceJson),
    ...instancesJson(finding),
    ...(finding.origin && { origin: catalogue.sayAny(finding.origin.id, finding.origin.arguments) }),
    frameworks: rule.frameworks,
    fix: fix === "" ? null : { description: fix },
    ...(status === "excepted" && { exception: exceptionJson(reported.finding.exception) }),
  };
}

/** Pods are counted where a pod can have it: none has what is the controller's own. */
function instancesJson({ instances, origin }: Finding): object {
  if (instances === undefined || instances.total === 0 || (instances.count === 0 && origin === undefined)) return {};
  const { count, total } = instances;
  return { instances: { count, total } };
}

function exceptionJson({ reason, owner, expires, origin, position }: ReportedException): object {
  return {
    reason,
    ...(owner !== undefined && { owner }),
    ...(expires !== undefined && { expires }),
    ...(origin !== undefined && { origin }),
    ...position,
  };
}

export function gapJson(gap: Gap, catalogue: Catalogue): object {
  const { position, resource, rules } = gap;
  return {
    code: gap.code,
    what: gap.what,
    reason: catalogue.sayAny(gap.reason.id, gap.reason.arguments),
    ...position,
    ...(resource && { resource: resourceJson(resource) }),
    ...(rules && rules.length > 0 && { rules }),
    ...(gap.isAccepted === true && { accepted: true }),
    ...(gap.acceptance && { exception: exceptionJson(gap.acceptance) }),
  };
}

export function noteJson({ code, what, message, position, resource }: WordedNote): object {
  return { code, what, message, ...position, ...(resource && { resource: resourceJson(resource) }) };
}
