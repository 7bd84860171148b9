// Holds every finding of a report against the file it names: the line must be inside the object, and say the field.

import { readFileSync } from "node:fs";

interface Located {
  readonly rule: string;
  readonly resource: { readonly kind: string; readonly name: string };
  readonly evidence: readonly {
    readonly path: string;
    readonly line: number;
    readonly column: number;
    readonly absent?: true;
  }[];
}

/** What is wrong, one line each; and how many pieces of evidence were looked at. */
export function checkYamlLines(
  file: string,
  findings: readonly Located[],
): { readonly wrong: readonly string[]; readonly looked: number } {
  const lines = readFileSync(file, "utf8").split("\n");
  const starts = lines.flatMap((line, index) => (line === "---" ? [index + 1] : []));
  const wrong: string[] = [];
  let looked = 0;
  for (const { rule, resource, evidence } of findings) {
    for (const { path, line, column, absent } of evidence) {
      looked++;
      const start = starts.findLast((one) => one < line) ?? 0;
      const end = starts.find((one) => one >= line) ?? lines.length;
      const document = lines.slice(start, end).join("\n");
      const isInside =
        new RegExp(`^kind: ${resource.kind}$`, "m").test(document) &&
        new RegExp(`^  name: ${resource.name}$`, "m").test(document);
      const field =
        /(?:([A-Za-z]\w*)|\["([^"]*)"\])(?:\[\d+\])?$/
          .exec(path)
          ?.slice(1)
          .find((name) => name !== undefined) ?? "";
      const text = (lines[line - 1] ?? "").slice(column - 1);
      const saysField =
        absent === true || /\[\d+\]$/.test(path) || text.startsWith(`${field}:`) || text.startsWith(`"${field}":`);
      if (!isInside || !saysField) wrong.push(`${rule} ${resource.name} ${path} at ${line}:${column}: ${text}`);
    }
  }
  return { wrong, looked };
}
