// Field selectors as text (k8s.io/apimachinery/pkg/fields/selector.go): `a=b,c!=d`, with \ before , = and \.

import type { FieldRequirement } from "./action.ts";

/** The requirements of a selector; `undefined` when the API server could not parse it. */
export function parseFieldSelector(text: string): readonly FieldRequirement[] | undefined {
  const requirements: FieldRequirement[] = [];
  for (const term of splitTerms(text)) {
    if (term === "") continue;
    const split = splitTerm(term);
    const value = split === undefined ? undefined : unescaped(split.value);
    if (split === undefined || value === undefined) return undefined;
    requirements.push({ ...split, value });
  }
  return requirements;
}

/** The one name a selector asks for, as `metadata.name=X` among its terms. */
export function nameSelected(requirements: readonly FieldRequirement[]): string | undefined {
  return requirements.find(({ field, operator }) => field === "metadata.name" && operator === "=")?.value;
}

function splitTerms(text: string): readonly string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === ",") {
      terms.push(text.slice(start, at));
      start = at + 1;
    }
  }
  terms.push(text.slice(start));
  return terms;
}

function splitTerm(term: string): FieldRequirement | undefined {
  for (let at = 0; at < term.length; at++) {
    const field = term.slice(0, at);
    if (term.startsWith("!=", at)) return { field, operator: "!=", value: term.slice(at + 2) };
    if (term.startsWith("==", at)) return { field, operator: "=", value: term.slice(at + 2) };
    if (term[at] === "=") return { field, operator: "=", value: term.slice(at + 1) };
  }
  return undefined;
}

function unescaped(value: string): string | undefined {
  if (!/[\\,=]/.test(value)) return value;
  if (!/^(?:[^\\,=]|\\[\\,=])*$/.test(value)) return undefined;
  return value.replaceAll(/\\(.)/g, "$1");
}
