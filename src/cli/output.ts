// `-o FORMAT[=FILE]`, repeatable: what goes to standard output and what to files. Files are replaced atomically.

import { createWriteStream, renameSync, rmSync, statSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import type { Streams } from "./streams.ts";
import { writeChunks } from "./streams.ts";
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
  return outputs;
}

/** Writes one output. A regular file appears whole or not at all; devices and pipes are written to directly. */
export async function writeOutput({ file }: Output, chunks: Iterable<string>, streams: Streams): Promise<void> {
  if (file === undefined) return writeChunks(streams.stdout, chunks);
  try {
    if (isSpecial(file)) await writeFile(file, chunks);
    else await replaceFile(file, chunks);
  } catch (error) {
    throw new UsageError("error.output-unwritable", {
      value: file,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

function isSpecial(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile();
}

async function replaceFile(file: string, chunks: Iterable<string>): Promise<void> {
  const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, chunks);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

async function writeFile(file: string, chunks: Iterable<string>): Promise<void> {
  const stream = createWriteStream(file);
  const closed = new Promise<void>((done, failed) => {
    stream.once("close", done);
    stream.once("error", failed);
  });
  await Promise.all([writeChunks(stream, chunks).then(() => stream.end()), closed]);
}
