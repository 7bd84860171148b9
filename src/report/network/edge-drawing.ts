// Nodes and edges as Graphviz (DOT) and Mermaid write them; a node appears before its first edge.

import { printable } from "../printable.ts";
import { wrap } from "../text/wrap.ts";

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** The label, line by line; long lines are wrapped. */
  readonly lines: readonly string[];
  readonly colour: "red" | "green" | "orange" | "gray";
  /** `closed`: nothing passes, or not any more. `unsure`: perhaps. */
  readonly line: "open" | "closed" | "unsure";
}

export interface Drawing {
  /** The beginning, with what is not in the picture as comments. */
  readonly head: (comments: readonly string[]) => Iterable<string>;
  readonly edge: (edge: DrawnEdge) => Iterable<string>;
  readonly tail: () => Iterable<string>;
}

const DOT_STYLES = { open: "", closed: ", style=dashed", unsure: ", style=dotted" } as const;
const MERMAID_ARROWS = { open: "-->", closed: "--x", unsure: "-.->" } as const;

export function dotDrawing(): Drawing {
  const numberOf = numbering();
  return {
    *head(comments) {
      yield "digraph network {\n  rankdir=LR;\n  node [shape=box];\n";
      for (const comment of comments) yield `  // ${printable(comment)}\n`;
    },
    *edge({ from, to, lines, colour, line }) {
      for (const name of [from, to]) {
        const { number, isNew } = numberOf(name);
        if (isNew) yield `  n${number} [label=${quoted([name])}];\n`;
      }
      const ends = `n${numberOf(from).number} -> n${numberOf(to).number}`;
      yield `  ${ends} [label=${quoted(labelOf(lines))}, color=${colour}${DOT_STYLES[line]}];\n`;
    },
    tail: () => ["}\n"],
  };
}

export function mermaidDrawing(): Drawing {
  const numberOf = numbering();
  return {
    *head(comments) {
      yield "flowchart LR\n";
      for (const comment of comments) yield mermaidComment(comment);
    },
    *edge({ from, to, lines, line }) {
      for (const name of [from, to]) {
        const { number, isNew } = numberOf(name);
        if (isNew) yield `  n${number}["${mermaidText(name)}"]\n`;
      }
      const label = labelOf(lines).map(mermaidText).join("<br/>");
      yield `  n${numberOf(from).number} ${MERMAID_ARROWS[line]}|"${label}"| n${numberOf(to).number}\n`;
    },
    tail: () => [],
  };
}

const LABEL_WIDTH = 60;

function labelOf(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => wrap(line, LABEL_WIDTH));
}

function numbering(): (name: string) => { readonly number: number; readonly isNew: boolean } {
  const numbers = new Map<string, number>();
  return (name) => {
    const known = numbers.get(name);
    if (known !== undefined) return { number: known, isNew: false };
    numbers.set(name, numbers.size);
    return { number: numbers.size - 1, isNew: true };
  };
}

/** Graphviz strings: only the quote and the backslash mean something. */
export function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) => printable(line).replaceAll("\\", "\\\\").replaceAll('"', '\\"'));
  return `"${escaped.join(String.raw`\n`)}"`;
}

/** Braces in a comment would be a directive. */
export function mermaidComment(text: string): string {
  return `  %% ${printable(text).replaceAll(/[{}]/g, "")}\n`;
}

/** Everything but letters, digits and harmless marks as a numeric entity, as Mermaid writes them. */
export function mermaidText(text: string): string {
  return printable(text).replace(/[^\p{L}\p{N} ./:,·_-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
