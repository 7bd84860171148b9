// `ringwall dump`: the cluster as a file that every command reads, without the values of Secrets.

import { randomUUID } from "node:crypto";
import { createWriteStream, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { catalogueOf } from "../../report/catalogue.ts";
import { printable } from "../../report/printable.ts";
import { readCluster } from "../../sources/api/cluster-source.ts";
import { dumpEntries } from "../../sources/dump/cluster-entries.ts";
import type { DumpHeader } from "../../sources/dump/dump-format.ts";
import { dumpText, gzippedDump } from "../../sources/dump/write-dump.ts";
import { languageOf } from "../language.ts";
import { createProgress } from "../progress.ts";
import type { Streams } from "../streams.ts";
import { UsageError } from "../usage-error.ts";
import { VERSION } from "../version.ts";
import { contact } from "./connect.ts";
import type { ClusterFlags } from "./options.ts";
import { sourceTexts } from "./source-texts.ts";

export interface DumpFlags extends ClusterFlags {
  readonly output?: string;
  readonly lang?: string;
}

const PLAIN = /\.(json|ndjson)$/;

/** Exit 0: everything is in it; 3: kinds could not be read, which the dump says too. */
export async function dump(flags: DumpFlags, streams: Streams): Promise<number> {
  const file = fileOf(flags.output, streams);
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const { transport, server, version, namespaces } = await contact(flags, streams);
  const progress = createProgress(streams);
  const header: DumpHeader = {
    server,
    kubernetesVersion: version,
    takenAt: new Date().toISOString(),
    tool: `ringwall/${VERSION}`,
    namespaces,
  };
  let objects = 0;
  const gaps: string[] = [];
  const entries = dumpEntries(readCluster({ transport, namespaces, signal: streams.signal }), (event) => {
    if (event.kind === "gap") {
      const { what, reason } = event.gap;
      gaps.push(`${what}: ${catalogue.sayAny(reason.id, reason.arguments)}`);
    }
    if (event.kind !== "objects") return;
    objects += event.objects.length;
    progress.show(`${objects} · ${event.scanKind.resource}`);
  });
  try {
    const text = dumpText(header, entries);
    const bytes = file !== undefined && PLAIN.test(file) ? text : gzippedDump(text);
    if (file === undefined) await pipeline(bytes, streams.stdout, { end: false }).catch(unlessClosedPipe);
    else await writeFile(file, bytes);
  } finally {
    progress.done();
    await transport.close();
  }
  for (const gap of gaps) streams.stderr.write(`ringwall: ${printable(gap)}\n`);
  const values = { objects, server, file: file ?? "-", gaps: gaps.length };
  streams.stderr.write(`${printable(catalogue.say(gaps.length === 0 ? "dump.written" : "dump.incomplete", values))}\n`);
  return gaps.length === 0 ? 0 : 3;
}

function fileOf(output: string | undefined, { stdout, directory }: Streams): string | undefined {
  if (output !== undefined && output !== "-") return resolve(directory, output);
  if (stdout.isTTY === true) throw new UsageError("error.dump-to-terminal", {});
  return undefined;
}

/** Whoever closed the pipe (`| head`) has what it wanted. */
function unlessClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
}

/** A regular file appears whole or not at all; devices and pipes are written to directly. */
async function writeFile(file: string, bytes: AsyncIterable<Uint8Array | string>): Promise<void> {
  const isSpecial = statSync(file, { throwIfNoEntry: false })?.isFile() === false;
  const temporary = isSpecial ? file : join(dirname(file), `.${randomUUID()}.tmp`);
  let target: Writable;
  try {
    target = await opened(temporary);
  } catch (error) {
    throw new UsageError("error.output-unwritable", {
      value: file,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
  try {
    await pipeline(bytes, target);
    if (!isSpecial) renameSync(temporary, file);
  } catch (error) {
    if (!isSpecial) rmSync(temporary, { force: true });
    throw error;
  }
}

function opened(file: string): Promise<Writable> {
  // A cluster's objects are for its reader only.
  const stream = createWriteStream(file, { mode: 0o600 });
  return new Promise((done, failed) => {
    stream.once("open", () => done(stream));
    stream.once("error", failed);
  });
}
