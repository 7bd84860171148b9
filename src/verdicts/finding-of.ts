// From a rule's outcome to the finding a report keeps: positions added, paths shared, nothing left of the document.

import type { Resource } from "../cluster/resource.ts";
import { isSlice, ownCopy } from "../kubernetes/own-copy.ts";
import type { Path } from "../kubernetes/path.ts";
import type { Finding, LocatedEvidence } from "./finding.ts";
import type { MessageArguments } from "./message.ts";
import type { Failure } from "./outcome.ts";
import type { Rule } from "./rule.ts";
import { setterOf } from "./setter-of.ts";

const NO_ARGUMENTS: MessageArguments = {};

/** `samePath` makes equal paths one (see {@link createPathTable}). */
export function findingOf(rule: Rule, resource: Resource, outcome: Failure, samePath: (path: Path) => Path): Finding {
  const key = ownCopy(outcome.key);
  return {
    rule,
    resource: resource.id,
    key,
    arguments: outcome.arguments === undefined ? NO_ARGUMENTS : ownArguments(outcome.arguments),
    evidence: outcome.evidence.map((evidence) => located(evidence, resource, samePath)),
  };
}

function ownArguments(values: MessageArguments): MessageArguments {
  let copy: Record<string, string | number> | undefined;
  for (const name in values) {
    const value = values[name];
    if (typeof value === "string" && isSlice(value)) (copy ??= { ...values })[name] = ownCopy(value);
  }
  return copy ?? values;
}

/** The frequent shapes are written out: an object that is spread and added to takes twice the memory. */
function located(evidence: LocatedEvidence, resource: Resource, samePath: (path: Path) => Path): LocatedEvidence {
  const path = samePath(evidence.path);
  const position = evidence.position ?? resource.locate(path);
  const setBy = setterOf(resource, evidence, path);
  const isRare = evidence.redacted === true || evidence.resource !== undefined;
  if (isRare || (position !== undefined && setBy !== undefined)) {
    return { ...evidence, path, ...(position && { position }), ...(setBy && { setBy }) };
  }
  if (evidence.absent !== true) {
    const value = ownValue(evidence.value);
    if (position !== undefined) return { path, value, position };
    return setBy === undefined ? { path, value } : { path, value, setBy };
  }
  if (evidence.default === undefined)
    return position === undefined ? { path, absent: true } : { path, absent: true, position };
  if (position === undefined) return { path, absent: true, default: evidence.default };
  return { path, absent: true, default: evidence.default, position };
}

/** Literal values are small, but an object among them may hold slices of its document. */
function ownValue(value: unknown): unknown {
  if (typeof value === "string") return ownCopy(value);
  if (value === null || typeof value !== "object") return value;
  return JSON.parse(JSON.stringify(value)) as unknown;
}
