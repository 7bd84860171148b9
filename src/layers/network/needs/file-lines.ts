// Lines of a file in a ConfigMap with the name of the setting each belongs to: YAML, INI, properties, nginx and the like
// are alike enough, and a line that is none of them has no name.

export interface FileLine {
  /** Without a comment. */
  readonly text: string;
  /** The key of the line, or of the list it is an element of; empty when there is none. */
  readonly name: string;
  /** What stands after the key, without quotes. */
  readonly value: string;
  /** The number at a sibling key `port`, for a line that names a host. */
  readonly siblingPort: number | undefined;
}

const MOST_LINES = 20_000;
const LONGEST_LINE = 16_384;
const KEYED = /^(\s*(?:-\s+)*)["']?([A-Za-z_][\w./-]*)["']?\s*(?:[:=](?![:/])|\s=\s)\s*(.*)$/;
const ELEMENT = /^(\s*)-\s+(.*)$/;
const COMMENT = /^\s*(?:#|\/\/|;|--\s|<!--)/;

/** Whether the text is a script, whose lines are commands. */
export function isScript(key: string, text: string): boolean {
  return /\.(?:sh|bash|ash|py|rb|pl|js|lua)$/.test(key) || text.startsWith("#!");
}

/** Linear; at most 20,000 lines of at most 16 KiB. */
export function linesOf(text: string): readonly FileLine[] {
  const raw = text.split("\n", MOST_LINES);
  const lines: FileLine[] = [];
  const parents: { readonly indent: number; readonly name: string }[] = [];
  for (const [index, whole] of raw.entries()) {
    if (whole.length > LONGEST_LINE || COMMENT.test(whole) || whole.trim() === "") continue;
    const line = whole.replace(/\s+#\s.*$/, "");
    const indent = line.length - line.trimStart().length;
    while ((parents.at(-1)?.indent ?? -1) > indent || (parents.at(-1)?.indent === indent && !ELEMENT.test(line)))
      parents.pop();
    const keyed = KEYED.exec(line);
    if (keyed !== null) {
      const [, before = "", name = "", rest = ""] = keyed;
      const value = plain(rest);
      lines.push({ text: line, name, value, siblingPort: siblingPort(raw, index, before.length) });
      if (value === "" || value === "|" || value === ">" || value === "[")
        parents.push({ indent: before.length, name });
      continue;
    }
    const element = ELEMENT.exec(line);
    const value = plain(element?.[2] ?? line);
    lines.push({
      text: line,
      name: parents.at(-1)?.name ?? "",
      value: element === null && parents.length === 0 ? "" : value,
      siblingPort: undefined,
    });
  }
  return lines;
}

/** Without quotes, brackets of a short list, and the comma or semicolon after it. */
function plain(text: string): string {
  return text
    .trim()
    .replace(/[,;]$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .replaceAll(/["']/g, "")
    .trim();
}

const NEAR = 3;

/** The number at `port` a few lines away, at the same depth. */
function siblingPort(lines: readonly string[], at: number, column: number): number | undefined {
  for (let distance = 1; distance <= NEAR; distance++) {
    for (const line of [lines[at + distance], lines[at - distance]]) {
      if (line === undefined || line.length > LONGEST_LINE) continue;
      const [, before = "", port = ""] =
        /^(\s*(?:-\s+)*)["']?[\w.-]*?[Pp][Oo][Rr][Tt](?:_value)?["']?\s*[:=]\s*["']?(\d{1,5})["']?,?\s*$/.exec(line) ??
        [];
      if (port !== "" && before.length === column) return Number(port);
    }
  }
  return undefined;
}
