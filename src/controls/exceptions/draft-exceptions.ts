// An exceptions file to begin with: an entry for each finding, complete but for who answers, why and until when.

import type { Finding } from "../../verdicts/finding.ts";
import { evidenceText } from "./evidence-text.ts";

const HEAD = `# Findings that may stay. For each: why, who answers for it, and the last day it may (YYYY-MM-DD).
# Delete the entries you mend instead. \`evidence\` re-opens an exception when what was found there changes.
exceptions:
`;

/** Chunks of YAML that `readExceptions` reads. @param hash as in {@link createExceptions} */
export function* draftExceptions(findings: readonly Finding[], hash: (text: string) => string): Generator<string> {
  if (findings.length === 0) {
    yield "exceptions: []\n";
    return;
  }
  yield HEAD;
  for (const finding of findings) {
    const { rule, resource, key } = finding;
    const { kind, namespace, name } = resource;
    const where = Object.entries({ kind, namespace, name }).filter(([, value]) => value !== "");
    yield `  - rule: ${rule.id}\n`;
    yield `    resource: { ${where.map(([field, value]) => `${field}: ${quoted(value)}`).join(", ")} }\n`;
    if (key !== "") yield `    container: ${quoted(key)}\n`;
    yield `    reason: ""\n    owner: ""\n    expires: ""\n    evidence: ${quoted(hash(evidenceText(finding)))}\n`;
  }
}

/** A JSON string is a YAML scalar; line separators would end one in YAML. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
