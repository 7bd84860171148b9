// One log from its first to its last byte: format told by its first lines, every value read, whatever is wrong noted
// with its line.

import type { FlowDiagnosticNotes } from "./flow-diagnostics.ts";
import { createFlowReader, detectFlowFormat, isJsonFormat, type FlowReader } from "./flow-format.ts";
import type { FlowFormat } from "./format-names.ts";
import type { FlowReading, FlowRecord } from "./flow-record.ts";
import { isOpening, joinJsonValues, type JsonValues } from "./json-values.ts";
import { readLines, unzipped } from "./read-lines.ts";
import { unwrapList } from "./unwrap-list.ts";

export interface LogSummary {
  readonly name: string;
  /** Absent when it could not be told. */
  readonly format: FlowFormat | undefined;
  readonly lines: number;
  readonly flows: number;
  /** Flows of protocols without ports, which no policy is about. */
  readonly withoutPorts: number;
}

export interface LogContext {
  readonly format: FlowFormat | undefined;
  readonly take: (record: FlowRecord, line: number) => void;
  readonly diagnostics: FlowDiagnosticNotes;
}

/** The format must show within this many lines. */
const MOST_PROBED = 200;

const BYTE_ORDER_MARK = "\uFEFF";

interface Line {
  readonly text: string;
  readonly number: number;
}

/** Reads a log. Never throws for what it holds or for a file that is not there. */
export async function readLog(name: string, chunks: AsyncIterable<Buffer>, context: LogContext): Promise<LogSummary> {
  const { diagnostics } = context;
  const tally = { lines: 0, flows: 0, withoutPorts: 0 };
  const taken = (reading: FlowReading, line: number): void => takeReading(reading, name, line, context, tally);
  let isBroken = false;
  const body = createBody(name, context, taken);
  try {
    await readLines(unwrapList(unzipped(chunks)), {
      line: (text, number) => {
        tally.lines = number;
        const plain = number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
        if (plain !== "") body.line(plain, number);
      },
      unreadable: (code, number) => {
        tally.lines = number;
        diagnostics.add(code, name, number, "");
      },
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    isBroken = true;
    diagnostics.add(
      tally.lines === 0 ? "unreadable-file" : "truncated-file",
      name,
      tally.lines || undefined,
      error.message,
    );
  }
  const format = body.end();
  if (format === undefined && !isBroken)
    diagnostics.add(tally.lines === 0 ? "empty-log" : "unknown-format", name, undefined, "");
  return { name, format, ...tally };
}

function takeReading(
  reading: FlowReading,
  name: string,
  line: number,
  { take, diagnostics }: LogContext,
  tally: { flows: number; withoutPorts: number },
): void {
  switch (reading.kind) {
    case "flow":
      tally.flows++;
      take(reading.record, line);
      break;
    case "lost":
      diagnostics.add("lost-flows", name, line, "", reading.count);
      break;
    case "problem":
      diagnostics.add(reading.code, name, line, reading.detail);
      break;
    case "other":
      if (reading.why === "no-ports") tally.withoutPorts++;
      break;
  }
}

interface Body {
  readonly line: (text: string, number: number) => void;
  /** The format, if it showed. */
  readonly end: () => FlowFormat | undefined;
}

/** Lines are held until the format is known. */
function createBody(name: string, context: LogContext, taken: (reading: FlowReading, line: number) => void): Body {
  let format = context.format;
  let reader: FlowReader | undefined = format === undefined ? undefined : createFlowReader(format);
  let values: JsonValues | undefined;
  let isFirst = true;
  let probed: Line[] = [];
  const read = ({ text, number }: Line): void => {
    if (reader !== undefined) {
      reader(text, (reading) => taken(reading, number));
      return;
    }
    if (probed.length >= MOST_PROBED) return;
    format = detectFlowFormat(text);
    probed.push({ text, number });
    if (format === undefined) return;
    reader = createFlowReader(format);
    const held = probed;
    probed = [];
    for (const line of held) read(line);
  };
  const cut = (number: number): void => context.diagnostics.add("malformed", name, number, "");
  return {
    line: (text, number) => {
      if (isFirst) {
        isFirst = false;
        const mayBeJson = format === undefined || isJsonFormat(format);
        if (mayBeJson && isOpening(text)) {
          values = joinJsonValues((value) => read({ text: value.text, number: value.line }), cut);
        }
      }
      if (values === undefined) read({ text, number });
      else values.add(text, number);
    },
    end: () => {
      values?.end();
      return format;
    },
  };
}
