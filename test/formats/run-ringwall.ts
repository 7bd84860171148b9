// Runs a command line in this process, with streams in memory.

import { Readable, Writable } from "node:stream";
import { join } from "node:path";
import { main } from "../../src/cli/main.ts";

export interface Finished {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const REPOSITORY: string = join(import.meta.dirname, "../..");

function sink(parts: Buffer[]): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      parts.push(chunk);
      done();
    },
  });
}

/** Relative paths start at the repository root; `input` is standard input. */
export async function runRingwall(arguments_: readonly string[], input = ""): Promise<Finished> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const exit = await main(arguments_, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: sink(stdout),
    stderr: sink(stderr),
    environment: {},
    directory: REPOSITORY,
    signal: new AbortController().signal,
  });
  return { exit, stdout: Buffer.concat(stdout).toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") };
}
