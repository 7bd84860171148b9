// `--respect TOOL,…`: ignores written for other tools, as exceptions that say where they come from.

import { keyOf } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { isDay, type Exception } from "../exceptions/exception.ts";
import { ANNOTATED_IGNORES, type AnnotatingTool, type Ignore } from "./annotated-ignores.ts";
import { knownIdsOf } from "./known-ids.ts";
import type { RespectedTool } from "./respected-tool.ts";

/**
 * What the annotations of a resource except. The first call for a resource must have its whole object: rules that look
 * at relations are asked later, of what was kept of it.
 */
export function createIgnores(
  tools: readonly RespectedTool[],
  rules: readonly Rule[],
): (resource: Resource) => readonly Exception[] {
  const readers = tools.flatMap((tool) => (tool === "trivy" ? [] : [{ tool, ids: knownIdsOf(tool, rules) }]));
  const known = new Map<string, readonly Exception[]>();
  const seen = new WeakMap<Resource, readonly Exception[]>();
  const read = (resource: Resource): readonly Exception[] => {
    const key = keyOfResource(resource);
    const before = known.get(key);
    if (before !== undefined) return before;
    const exceptions = readers.flatMap(({ tool, ids }) =>
      ANNOTATED_IGNORES[tool](resource).flatMap((ignore) => {
        const covered = ignore.ids === "all" ? ids.all : ignore.ids.flatMap(ids.rulesOf);
        return covered.length === 0 ? [] : [exceptionOf(tool, ignore, covered, resource)];
      }),
    );
    if (exceptions.length > 0) known.set(key, exceptions);
    return exceptions;
  };
  return (resource) => {
    const exceptions = seen.get(resource) ?? read(resource);
    seen.set(resource, exceptions);
    return exceptions;
  };
}

function keyOfResource({ id, object, provenance }: Resource): string {
  const source = provenance.kind === "file" ? provenance.file : provenance.server;
  return `${source}\n${keyOf(id)}\n${object.metadata?.uid ?? ""}`;
}

function exceptionOf(tool: AnnotatingTool, ignore: Ignore, rules: readonly Rule[], resource: Resource): Exception {
  const position = resource.locate(ignore.path);
  // A day, or the day of a moment; what is neither never expires in the other tool's eyes, and always has in ours.
  const day = ignore.expires?.slice(0, 10);
  const expires = day === undefined ? undefined : isDay(day) ? day : "0000-00-00";
  return {
    origin: tool,
    rule: ignore.ids === "all" ? "*" : ignore.ids.join(", "),
    ruleIds: new Set(rules.map(({ id }) => id)),
    isEveryRule: false,
    selector: undefined,
    containers: [],
    evidence: [],
    reason: ignore.reason,
    ...(expires !== undefined && { expires }),
    ...(position !== undefined && { position }),
  };
}
