// What a finding's evidence says, as one text to be hashed: an exception made for these values re-opens when they change.

import type { Evidence } from "../../verdicts/evidence.ts";
import type { Finding } from "../../verdicts/finding.ts";

/**
 * Equal for equal evidence, whatever the order of containers and of fields. Values that must not be shown do not take
 * part: a hash of a short secret tells the secret.
 */
export function evidenceText({ rule, evidence }: Pick<Finding, "rule" | "evidence">): string {
  return [rule.id, ...evidence.map(factOf).sort()].join("\n");
}

function factOf({ path, value, absent, redacted, resource }: Evidence): string {
  // Indexes change when a container is added before; the names that matter are in the finding's key.
  const place = path.map((segment) => (typeof segment === "number" ? "[]" : segment));
  const said = redacted === true ? "redacted" : absent === true ? "absent" : canonical(value);
  const other = resource === undefined ? "" : `${resource.kind}/${resource.namespace}/${resource.name}`;
  return JSON.stringify([other, place, said]);
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}
