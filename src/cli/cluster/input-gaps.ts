// What the inputs of commands say of what they could not read.

import type { ResourceId } from "../../cluster/resource-id.ts";
import type { Locator, Position } from "../../cluster/resource.ts";
import { formatPath } from "../../kubernetes/path.ts";
import type { ShapeProblem } from "../../kubernetes/shape.ts";
import type { Gap } from "../../verdicts/gap.ts";

/** Nothing was read: never an answer. */
export function emptyGap(targets: readonly string[], server: string | undefined): Gap {
  const what = server ?? targets.join(", ");
  if (server !== undefined) return { code: "no-objects", what, reason: { id: "cluster-empty", arguments: { server } } };
  const counts = { targets: what, files: targets.length, others: targets.length };
  return { code: "no-objects", what, reason: { id: "no-objects", arguments: counts } };
}

/** A field of the wrong type. */
export function invalidGap(
  { path, expected, found }: ShapeProblem,
  locate: Locator,
  what: string,
  resource?: ResourceId,
): Gap {
  const reason = { id: "invalid-field", arguments: { path: formatPath(path), expected, found } };
  return atPlace({ code: reason.id, what, reason, ...(resource && { resource }) }, locate(path));
}

export function atPlace(gap: Gap, position: Position | undefined): Gap {
  return position === undefined ? gap : { ...gap, position };
}

/** Contents of Secrets are not read by design, and mean nothing to the questions of a layer. */
export function isRelevant({ code }: Gap): boolean {
  return code !== "secret-contents";
}
