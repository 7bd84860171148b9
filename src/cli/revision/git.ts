// Reading a Git repository by its plumbing: no shell, no hooks, no filters, nothing written, nothing fetched.

import { findProgram, runProgram } from "../find-program.ts";
import type { Streams } from "../streams.ts";
import { UsageError } from "../usage-error.ts";

export interface Git {
  /** Standard output of `git ARGUMENTS`; throws a usage error with Git's own words. */
  readonly run: (arguments_: readonly string[], input?: string) => Promise<Buffer>;
}

const TIMEOUT_MILLISECONDS = 120_000;

/** Git in `directory`. Missing objects of a partial clone are missing: they are not fetched. */
export function openGit(directory: string, { environment, signal }: Pick<Streams, "environment" | "signal">): Git {
  const file = findProgram("git", environment);
  if (file === undefined) throw new UsageError("error.no-git", {});
  const offline = {
    ...environment,
    LC_ALL: "C",
    GIT_ALLOW_PROTOCOL: "",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
  };
  return {
    run: async (arguments_, input) => {
      const outcome = await runProgram({
        file,
        arguments: ["-c", "core.fsmonitor=false", ...arguments_],
        directory,
        environment: offline,
        timeoutMilliseconds: TIMEOUT_MILLISECONDS,
        signal,
        ...(input !== undefined && { input }),
      });
      if (outcome.ok) return outcome.stdout;
      throw new UsageError("error.git", { detail: outcome.stderr.split("\n", 1)[0]?.replace(/^fatal: /, "") ?? "" });
    },
  };
}

export interface TreeEntry {
  readonly mode: string;
  readonly object: string;
  readonly bytes: number;
  /** From the root of the repository, with slashes. */
  readonly path: string;
}

/** Every file of a commit. */
export async function listTree(git: Git, commit: string): Promise<readonly TreeEntry[]> {
  const text = (await git.run(["ls-tree", "-r", "-l", "-z", "--full-tree", commit])).toString("utf8");
  return text.split("\0").flatMap((line) => {
    const match = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line);
    if (match === null) return []; // the end, or a submodule
    const [, mode = "", object = "", bytes, path = ""] = match;
    return [{ mode, object, bytes: Number(bytes), path }];
  });
}

/** The contents of blobs, in the order asked for. One process for all of them. */
export async function readBlobs(git: Git, objects: readonly string[]): Promise<readonly Buffer[]> {
  if (objects.length === 0) return [];
  const output = await git.run(["cat-file", "--batch"], `${objects.join("\n")}\n`);
  const blobs: Buffer[] = [];
  let at = 0;
  for (const object of objects) {
    const end = output.indexOf(0x0a, at);
    const [, type, size] = output.toString("latin1", at, end).split(" ");
    if (end === -1 || type !== "blob") throw new UsageError("error.git", { detail: `object ${object} is not here` });
    const start = end + 1;
    blobs.push(output.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return blobs;
}
