// A value as YAML on one line (YAML 1.2, flow style), to be pasted into a manifest.

/** Text that every YAML reader takes for the same text without quotes. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_./-]*$/;
const NOT_TEXT = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/** `{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}`; absent fields are left out. */
export function flowYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(", ")}]`;
  if (typeof value === "string") return plainOrQuoted(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value).filter(([, field]) => field !== undefined && field !== null);
  return `{${fields.map(([name, field]) => `${plainOrQuoted(name)}: ${flowYaml(field)}`).join(", ")}}`;
}

function plainOrQuoted(text: string): string {
  return PLAIN.test(text) && !NOT_TEXT.test(text) ? text : JSON.stringify(text);
}
