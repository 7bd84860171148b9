// Untrusted text in GitHub-flavoured Markdown: always a code span, where nothing is markup, a mention or a reference.

import type { MessageArguments } from "../verdicts/message.ts";
import { printable } from "./printable.ts";

/** A code span, safe in a table cell too; nothing for an empty text. */
export function codeSpan(text: string): string {
  const line = printable(text).replaceAll("|", "\\|");
  if (line.trim() === "") return "";
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Arguments for a template of ours: texts as code spans, numbers as they are. */
export function codeArguments(values: MessageArguments): MessageArguments {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? codeSpan(value) : value]),
  );
}
