// Objects of a known, simple shape as YAML with comments, the way people lay out manifests. Two thousand policies are
// written in a fraction of the time a document model takes.

import { printable } from "../printable.ts";

/** Comment lines by the path of what they stand above: `spec.ingress.0`. */
export type Comments = ReadonlyMap<string, readonly string[]>;

/** One document, without the `---`. Values are what JSON has. */
export function commentedYaml(value: object, comments: Comments): string {
  const lines: string[] = [];
  writeMap(value, "", "", comments, lines);
  return `${lines.join("\n")}\n`;
}

function writeMap(value: object, indent: string, path: string, comments: Comments, lines: string[]): void {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const at = path === "" ? key : `${path}.${key}`;
    addComments(comments.get(at), indent, lines);
    writeValue(inner, `${indent}${scalar(key)}:`, indent, at, comments, lines);
  }
}

function writeValue(
  value: unknown,
  head: string,
  indent: string,
  path: string,
  comments: Comments,
  lines: string[],
): void {
  if (typeof value !== "object" || value === null) lines.push(`${head} ${scalar(value)}`);
  else if (Array.isArray(value)) {
    if (value.length === 0) lines.push(`${head} []`);
    else {
      lines.push(head);
      writeList(value as readonly unknown[], `${indent}  `, path, comments, lines); // elements are looked at one by one
    }
  } else if (Object.keys(value).length === 0) lines.push(`${head} {}`);
  else {
    lines.push(head);
    writeMap(value, `${indent}  `, path, comments, lines);
  }
}

function writeList(list: readonly unknown[], indent: string, path: string, comments: Comments, lines: string[]): void {
  for (const [index, item] of list.entries()) {
    const at = `${path}.${index}`;
    addComments(comments.get(at), indent, lines);
    if (typeof item !== "object" || item === null) lines.push(`${indent}- ${scalar(item)}`);
    else if (Object.keys(item).length === 0) lines.push(`${indent}- {}`);
    else {
      const first = lines.length;
      writeMap(item, `${indent}  `, at, comments, lines);
      lines[first] = `${indent}- ${(lines[first] ?? "").slice(indent.length + 2)}`;
    }
  }
}

function addComments(texts: readonly string[] | undefined, indent: string, lines: string[]): void {
  for (const text of texts ?? []) lines.push(`${indent}# ${printable(text)}`);
}

const PLAIN = /^[A-Za-z_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_])?$/;
const PLAIN_CIDR = /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/;
/** What some YAML reader takes for something other than text. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i;

function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value) ?? "null";
  const isPlain = (PLAIN.test(value) && !RESERVED.test(value)) || PLAIN_CIDR.test(value);
  return isPlain ? value : printable(JSON.stringify(value));
}
