// js-yaml's events, with one leniency of kubectl's parser: inside brackets and quotes a line may stand to the left of
// its parent (`args: [` closed by `]` under the key). YAML 1.2 forbids it, goyaml reads it, real manifests have it.

import { YAMLException, parseEvents, type Event } from "js-yaml";
import { DEEPEST_NESTING } from "./source-document.ts";

export interface ParsedYaml {
  /** What was parsed: the text with such lines moved to the right. */
  readonly text: string;
  readonly events: Event[];
  /** Line of the text (0-based) → how many blanks were put before it. */
  readonly inserted: ReadonlyMap<number, number>;
}

const BLANKS = 64;
const MOST_REPAIRS = 2000;

/** Throws YAMLException where the text is no YAML for kubectl either. */
export function parseYaml(text: string): ParsedYaml {
  const inserted = new Map<number, number>();
  let current = text;
  for (let repairs = 0; ; repairs++) {
    try {
      return { text: current, events: parseEvents(current, { maxDepth: DEEPEST_NESTING }), inserted };
    } catch (error) {
      const position =
        error instanceof YAMLException && error.reason === "deficient indentation" ? error.mark?.position : undefined;
      if (position === undefined || repairs === MOST_REPAIRS) throw error;
      const start = current.lastIndexOf("\n", position - 1) + 1;
      const line = countLines(current, start);
      inserted.set(line, (inserted.get(line) ?? 0) + BLANKS);
      current = current.slice(0, start) + " ".repeat(BLANKS) + current.slice(start);
    }
  }
}

function countLines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
