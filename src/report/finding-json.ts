// The JSON shapes shared by json, ndjson and other machine formats (design: ringwall.report/v1).

import { formatPath } from "../kubernetes/path.ts";
import type { ResourceId } from "../cluster/resource-id.ts";
import type { Finding, LocatedEvidence } from "../verdicts/finding.ts";
import type { Gap } from "../verdicts/gap.ts";
import { fillTemplate } from "../verdicts/message.ts";
import type { Catalogue } from "./catalogue.ts";

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
    ...(position && { file: position.file, line: position.line, column: position.column }),
    ...(resource && { resource: resourceJson(resource) }),
  };
}

function valueJson(evidence: LocatedEvidence): object {
  if (evidence.redacted === true) return { redacted: true };
  if (evidence.absent !== true) return { value: evidence.value };
  return evidence.default === undefined ? { absent: true } : { absent: true, default: evidence.default };
}

export function findingJson(finding: Finding, status: "fail" | "manual" | "excepted", catalogue: Catalogue): object {
  const { rule } = finding;
  const text = rule.text[catalogue.language];
  return {
    id: finding.fingerprint,
    rule: rule.id,
    layer: rule.id.slice(0, rule.id.indexOf("/")),
    severity: rule.severity,
    status,
    resource: resourceJson(finding.resource),
    message: fillTemplate(text.message, finding.arguments),
    detail: text.risk,
    evidence: finding.evidence.map(evidenceJson),
    frameworks: rule.frameworks,
    fix: text.fix === "" ? null : { description: text.fix },
  };
}

export function gapJson(gap: Gap, catalogue: Catalogue): object {
  const { position, resource, rules } = gap;
  return {
    code: gap.code,
    what: gap.what,
    reason: catalogue.sayAny(gap.reason.id, gap.reason.arguments),
    ...(position && { file: position.file, line: position.line, column: position.column }),
    ...(resource && { resource: resourceJson(resource) }),
    ...(rules && { rules }),
    ...(gap.isAccepted === true && { accepted: true }),
  };
}
