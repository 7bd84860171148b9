// `ringwall dump`: the cluster as a file that every command reads, without the values of Secrets.

import { randomUUID } from "node:crypto";
import { createWriteStream, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { catalogueOf, type Catalogue } from "../../report/catalogue.ts";
import { printable } from "../../report/printable.ts";
import { readCluster } from "../../sources/api/cluster-source.ts";
import { dumpEntries } from "../../sources/dump/cluster-entries.ts";
import type { DumpHeader } from "../../sources/dump/dump-format.ts";
import { dumpText, gzippedDump } from "../../sources/dump/write-dump.ts";
import { languageOf } from "../language.ts";
import { createProgress } from "../progress.ts";
import type { Streams } from "../streams.ts";
import { isSystemError } from "../system-error.ts";
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
  // A file that cannot be written is told before anybody is asked for anything.
  const target = file === undefined ? undefined : await openTarget(file, flags.output ?? "");
  try {
    const { objects, server, gaps } = await save(flags, streams, target, catalogue);
    for (const gap of gaps) streams.stderr.write(`ringwall: ${printable(gap)}\n`);
    const values = { objects, server, file: file ?? "-", gaps: gaps.length };
    streams.stderr.write(
      `${printable(catalogue.say(gaps.length === 0 ? "dump.written" : "dump.incomplete", values))}\n`,
    );
    return gaps.length === 0 ? 0 : 3;
  } catch (error) {
    target?.abandon();
    throw error;
  }
}

interface Saved {
  readonly objects: number;
  readonly server: string;
  readonly gaps: readonly string[];
}

/** Reads the cluster into the target, or to standard output. */
async function save(
  flags: DumpFlags,
  streams: Streams,
  target: Target | undefined,
  catalogue: Catalogue,
): Promise<Saved> {
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
    const bytes = target?.isPlain === true ? text : gzippedDump(text);
    if (target === undefined) await pipeline(bytes, streams.stdout, { end: false }).catch(unlessClosedPipe);
    else await target.write(bytes);
  } finally {
    progress.done();
    await transport.close();
  }
  return { objects, server, gaps };
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

interface Target {
  readonly isPlain: boolean;
  /** Takes all, and puts the file in its place. */
  readonly write: (bytes: AsyncIterable<Uint8Array | string>) => Promise<void>;
  readonly abandon: () => void;
}

/** A regular file appears whole or not at all; devices and pipes are written to directly. */
async function openTarget(file: string, name: string): Promise<Target> {
  const isSpecial = statSync(file, { throwIfNoEntry: false })?.isFile() === false;
  const temporary = isSpecial ? file : join(dirname(file), `.${randomUUID()}.tmp`);
  const unwritable = (error: unknown): UsageError => {
    const detail = error instanceof Error ? error.message.replace(/, \w+( '.*')?$/, "") : String(error);
    return new UsageError("error.output-unwritable", { value: name === "" ? '""' : name, detail });
  };
  const stream = await opened(temporary).catch((error: unknown) => {
    throw unwritable(error);
  });
  return {
    isPlain: PLAIN.test(file),
    write: async (bytes) => {
      try {
        await pipeline(bytes, stream);
        if (!isSpecial) renameSync(temporary, file);
      } catch (error) {
        throw isSystemError(error) ? unwritable(error) : error; // what the cluster answers has other errors
      }
    },
    abandon: () => {
      stream.destroy();
      if (!isSpecial) rmSync(temporary, { force: true });
    },
  };
}

function opened(file: string): Promise<Writable> {
  // A cluster's objects are for its reader only.
  const stream = createWriteStream(file, { mode: 0o600 });
  return new Promise((done, failed) => {
    stream.once("open", () => done(stream));
    stream.once("error", failed);
  });
}
