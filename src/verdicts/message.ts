// Messages are data: an id and its arguments. The text comes from the catalogues of the report, one per language.

export type MessageArguments = { readonly [name: string]: string | number };

export interface Message {
  readonly id: string;
  readonly arguments?: MessageArguments;
}

/** Text between placeholders, and placeholders: read once a template. */
type Part = string | { readonly whole: string; readonly name: string; readonly one?: string; readonly other?: string };

const PLACEHOLDER = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;
const parsed = new Map<string, readonly Part[]>();

/**
 * Fills a template: `{name}` becomes the argument, `{count|object|objects}` picks the form for a count.
 * An argument that is missing stays visible as `{name}`.
 *
 * @example
 * fillTemplate("{n} {n|object|objects} in {file}", { n: 2, file: "a.yaml" }) // "2 objects in a.yaml"
 */
export function fillTemplate(template: string, values: MessageArguments = {}): string {
  let parts = parsed.get(template);
  if (parts === undefined) {
    parts = partsOf(template);
    parsed.set(template, parts); // templates come from the catalogues and rules: there are only so many
  }
  let text = "";
  for (const part of parts) text += typeof part === "string" ? part : filled(part, values);
  return text;
}

function partsOf(template: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    const [whole, name = "", one, other] = match;
    if (match.index > end) parts.push(template.slice(end, match.index));
    parts.push({ whole, name, ...(one !== undefined && { one }), ...(other !== undefined && { other }) });
    end = match.index + whole.length;
  }
  if (end < template.length) parts.push(template.slice(end));
  return parts;
}

function filled({ whole, name, one, other }: Exclude<Part, string>, values: MessageArguments): string {
  const value = values[name];
  if (value === undefined) return whole;
  if (one === undefined || other === undefined) return String(value);
  return value === 1 ? one : other;
}
