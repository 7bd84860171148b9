// Objects as YAML documents, each below its comment.

import { stringify } from "yaml";

export interface YamlDocument {
  /** Lines without their `#`; may be empty. */
  readonly comment: string;
  /** `undefined` for a comment alone. */
  readonly value: unknown;
}

export function* documentsText(documents: Iterable<YamlDocument>): Generator<string> {
  for (const { comment, value } of documents) {
    if (value !== undefined) yield "---\n";
    for (const line of comment === "" ? [] : comment.split("\n")) yield `# ${line}\n`;
    // Read back by parsers of YAML 1.1 (kubectl, Kustomize), to whom a bare `yes` is true.
    if (value !== undefined) yield stringify(value, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
  }
}
