// `-o FORMAT[=FILE]`, repeatable: what goes to standard output and what to files. Files are replaced atomically.

import { createWriteStream, renameSync, rmSync, statSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import type { Streams } from "./streams.ts";
import { writeChunks } from "./streams.ts";
import { isSystemError } from "./system-error.ts";
import { UsageError, unknownWord } from "./usage-error.ts";

export interface Output {
  readonly format: string;
  /** Absolute; `undefined` for standard output. */
  readonly file: string | undefined;
}

const STANDARD_OUTPUT: ReadonlySet<string> = new Set(["-", "/dev/stdout"]);

/** Reads the values of `-o`; without any, text to standard output. */
export function parseOutputs(
  values: readonly string[],
  formats: readonly string[],
  directory: string,
): readonly Output[] {
  const outputs = (values.length === 0 ? ["text"] : values).map((value) => {
    const equals = value.indexOf("=");
    const format = equals === -1 ? value : value.slice(0, equals);
    if (!formats.includes(format)) throw unknownWord("error.unknown-format", format, formats);
    const file = equals === -1 ? "-" : value.slice(equals + 1);
    return { format, file: STANDARD_OUTPUT.has(file) ? undefined : resolve(directory, file) };
  });
  if (outputs.filter(({ file }) => file === undefined).length > 1) throw new UsageError("error.output-twice", {});
  const files = outputs.flatMap(({ file }) => (file === undefined || isSpecial(file) ? [] : [file]));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UsageError("error.output-same-file", { value: twice });
  return outputs;
}

/** Writes one output. A regular file appears whole or not at all; devices and pipes are written to directly. */
export async function writeOutput(output: Output, chunks: Iterable<string>, streams: Streams): Promise<void> {
  const opened = openOutput(output, streams);
  try {
    await opened.write(chunks);
    await opened.finish();
  } catch (error) {
    opened.abandon();
    throw error;
  }
}

/** Writes every output; where all are files, one line says so on standard output. */
export async function writeOutputs(
  outputs: readonly Output[],
  render: (format: string) => Iterable<string>,
  lineOf: (files: string) => string,
  streams: Streams,
): Promise<void> {
  for (const output of outputs) await writeOutput(output, render(output.format), streams);
  await writeSummary(outputs, lineOf, streams);
}

/** One line on standard output where every output is a file. */
export async function writeSummary(
  outputs: readonly Output[],
  lineOf: (files: string) => string,
  { stdout }: Streams,
): Promise<void> {
  const files = outputs.flatMap(({ file }) => file ?? []);
  if (files.length === outputs.length) await writeChunks(stdout, [`${lineOf(files.join(", "))}\n`]);
}

/** An output that is written piece by piece: `finish` when it is whole, `abandon` when it will not be. */
export interface OpenOutput {
  readonly write: (chunks: Iterable<string>) => Promise<void>;
  readonly finish: () => Promise<void>;
  readonly abandon: () => void;
}

export function openOutput({ file }: Output, { stdout }: Streams): OpenOutput {
  if (file === undefined)
    return { write: (chunks) => writeChunks(stdout, chunks), finish: async () => {}, abandon: () => {} };
  const temporary = isSpecial(file) ? undefined : join(dirname(file), `.${randomUUID()}.tmp`);
  const stream = createWriteStream(temporary ?? file);
  const failed = new Promise<never>((_, fail) => stream.once("error", fail));
  failed.catch(() => {}); // said by the writing that it fails
  const guarded = async (work: Promise<void>): Promise<void> => {
    try {
      await Promise.race([work, failed]);
    } catch (error) {
      throw isSystemError(error)
        ? new UsageError("error.output-unwritable", { value: file, detail: error.message })
        : error;
    }
  };
  return {
    write: (chunks) => guarded(writeChunks(stream, chunks)),
    finish: () =>
      guarded(
        new Promise<void>((done) => stream.once("close", done).end()).then(() => {
          if (temporary !== undefined) renameSync(temporary, file);
        }),
      ),
    abandon: () => {
      stream.once("close", () => removeFile(temporary)); // it may be opened only now
      stream.destroy();
      removeFile(temporary);
    },
  };
}

function removeFile(file: string | undefined): void {
  if (file !== undefined) rmSync(file, { force: true });
}

function isSpecial(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile();
}
