// An earlier revision of what is scanned, written to a temporary folder: the files the TARGETs need, and no others.

import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { MANIFEST_EXTENSIONS, RENDERED_FOLDER_FILES } from "../../sources/manifests/walk-targets.ts";
import type { Streams } from "../streams.ts";
import { UsageError } from "../usage-error.ts";
import { listTree, openGit, readBlobs, type Git, type TreeEntry } from "./git.ts";

export interface Revision {
  /** The counterpart, in that revision, of the folder the user is in. */
  readonly directory: string;
  /** The counterpart of a file or folder; `undefined` when it was not there, or is outside of the repository. */
  readonly counterpart: (path: string) => string | undefined;
  readonly remove: () => void;
}

/** Read wherever they lie: they say what is excepted. */
const ALWAYS = new Set(["ringwall.exceptions.yaml", ".trivyignore", ".trivyignore.yaml"]);
const SYMBOLIC_LINK = "120000";
const BATCH_BYTES = 32 * 1024 * 1024;

/** The state in which the work on HEAD began that is not in `ref`: their merge base. `paths` are absolute. */
export async function checkOut(ref: string, paths: readonly string[], streams: Streams): Promise<Revision> {
  const git = openGit(streams.directory, streams);
  const top = realpathSync((await git.run(["rev-parse", "--show-toplevel"])).toString("utf8").replace(/\r?\n$/, ""));
  const inside = (path: string): string | undefined => {
    const from = relative(top, existsSync(path) ? realpathSync(path) : path);
    return from === ".." || from.startsWith(`..${sep}`) || isAbsolute(from) ? undefined : from.split(sep).join("/");
  };
  const wanted = paths.map((path) => {
    const from = inside(path);
    if (from === undefined) throw new UsageError("error.outside-repository", { value: path });
    return from;
  });
  const entries = neededOf(await listTree(git, await mergeBase(git, ref)), wanted);
  const root = realpathSync(mkdtempSync(join(tmpdir(), "ringwall-revision-")));
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  try {
    mkdirSync(join(root, ".git")); // settings are looked for upwards as far as here
    await writeEntries(git, entries, root);
    const directory = join(root, inside(streams.directory) ?? "");
    mkdirSync(directory, { recursive: true });
    const counterpart = (path: string): string | undefined => {
      const from = inside(path);
      const there = from === undefined ? undefined : join(root, from);
      return there !== undefined && existsSync(there) ? there : undefined;
    };
    return { directory, counterpart, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function mergeBase(git: Git, ref: string): Promise<string> {
  const resolve = async (revision: string): Promise<string | undefined> => {
    try {
      return (await git.run(["rev-parse", "--verify", "--quiet", `${revision}^{commit}`])).toString("latin1").trim();
    } catch {
      return undefined;
    }
  };
  const commit = ref.startsWith("-") ? undefined : await resolve(ref);
  if (commit === undefined) throw new UsageError("error.unknown-revision", { value: JSON.stringify(ref) });
  const head = await resolve("HEAD");
  if (head === undefined) return commit;
  try {
    return (await git.run(["merge-base", commit, head])).toString("latin1").trim().split("\n", 1)[0] ?? commit;
  } catch {
    throw new UsageError("error.no-merge-base", { value: JSON.stringify(ref) });
  }
}

/** Manifests under the TARGETs, and all of a chart or kustomization; a kustomization may refer to any other folder. */
function neededOf(entries: readonly TreeEntry[], wanted: readonly string[]): readonly TreeEntry[] {
  const isUnder = (path: string): boolean =>
    wanted.some((folder) => folder === "" || path === folder || path.startsWith(`${folder}/`));
  const rendered = new Set(
    entries.filter(({ path }) => RENDERED_FOLDER_FILES.has(basename(path))).map(({ path }) => dirname(path)),
  );
  const isRendered = (path: string): boolean => {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      if (rendered.has(folder)) return true;
      if (folder === ".") return false;
    }
  };
  const isEverywhere = [...rendered].some((folder) => isUnder(folder === "." ? "" : folder));
  return entries.filter(({ path }) => {
    if (!isSafe(path)) return false;
    if (ALWAYS.has(basename(path)) || wanted.includes(path)) return true;
    return (isEverywhere || isUnder(path)) && (MANIFEST_EXTENSIONS.has(extname(path)) || isRendered(path));
  });
}

/** A tree can hold any name; none may lead out of the folder it is written to. */
function isSafe(path: string): boolean {
  return path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && part.toLowerCase() !== ".git");
}

async function writeEntries(git: Git, entries: readonly TreeEntry[], root: string): Promise<void> {
  const links: (readonly [target: string, file: string])[] = [];
  for (const batch of batchesOf(entries)) {
    const blobs = await readBlobs(
      git,
      batch.map(({ object }) => object),
    );
    for (const [index, { mode, path }] of batch.entries()) {
      const file = join(root, path);
      const content = blobs[index] ?? Buffer.alloc(0);
      if (mode === SYMBOLIC_LINK) links.push([content.toString("utf8"), file]);
      else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content, { flag: "wx" });
      }
    }
  }
  // Last, so that nothing is ever written through one.
  for (const [target, file] of links) linkInside(target, file, root);
}

function* batchesOf(entries: readonly TreeEntry[]): Generator<readonly TreeEntry[]> {
  let batch: TreeEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (bytes + entry.bytes > BATCH_BYTES && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.bytes;
  }
  yield batch;
}

/** Links that lead out of the revision are left out, as they would lead into today's files. */
function linkInside(target: string, file: string, root: string): void {
  const away = relative(root, resolve(dirname(file), target));
  if (isAbsolute(target) || away === ".." || away.startsWith(`..${sep}`) || existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync(target, file);
}
