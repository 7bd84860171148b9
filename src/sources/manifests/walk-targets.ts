// From the TARGETs of a command line to files: directories are walked in name order, what cannot be read is a gap.

import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { Gap } from "../../verdicts/gap.ts";

export const MANIFEST_EXTENSIONS: ReadonlySet<string> = new Set([".yaml", ".yml", ".json", ".ndjson"]);
const NEVER_WALKED = new Set([".git", "node_modules"]);
const KUSTOMIZATIONS = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
/** Files that make their folder one to be rendered. */
export const RENDERED_FOLDER_FILES: ReadonlySet<string> = new Set(["Chart.yaml", ...KUSTOMIZATIONS]);

export type WalkedTarget =
  | { readonly kind: "file"; readonly path: string; readonly name: string }
  | { readonly kind: "rendered"; readonly renderer: "helm" | "kustomize"; readonly path: string; readonly name: string }
  | { readonly kind: "gap"; readonly gap: Gap };

export interface WalkOptions {
  /** Patterns in .gitignore syntax, relative to each TARGET directory. */
  readonly exclude: readonly string[];
}

/** Files under `path` (or `path` itself). `name` is the path as the user would write it. */
export function* walkTarget(path: string, name: string, options: WalkOptions): Generator<WalkedTarget> {
  if (!statSync(path).isDirectory()) {
    yield { kind: "file", path, name };
    return;
  }
  yield* walkDirectory(path, name, { root: path, matcher: ignore().add([...options.exclude]), ancestors: [] });
}

interface Walk {
  readonly root: string;
  readonly matcher: Ignore;
  readonly ancestors: readonly string[];
}

function* walkDirectory(path: string, name: string, walk: Walk): Generator<WalkedTarget> {
  const real = realpathSync(path);
  if (walk.ancestors.includes(real)) {
    yield gap("symlink-loop", name);
    return;
  }
  let entries: readonly string[];
  try {
    entries = readdirSync(path).sort();
  } catch (error) {
    yield gap("unreadable", name, error);
    return;
  }
  if (entries.includes("Chart.yaml")) {
    yield { kind: "rendered", renderer: "helm", path, name };
    return;
  }
  if (KUSTOMIZATIONS.some((file) => entries.includes(file))) {
    yield { kind: "rendered", renderer: "kustomize", path, name };
    return;
  }
  const inner = { ...walk, ancestors: [...walk.ancestors, real] };
  for (const entry of entries) yield* walkEntry(join(path, entry), name === "." ? entry : join(name, entry), inner);
}

function* walkEntry(path: string, name: string, walk: Walk): Generator<WalkedTarget> {
  const inside = relative(walk.root, path);
  let isDirectory: boolean;
  try {
    isDirectory = statSync(path).isDirectory();
  } catch (error) {
    yield gap("unreadable", name, error); // a dangling link, or no permission
    return;
  }
  if (walk.matcher.ignores(isDirectory ? `${inside}/` : inside)) return;
  if (isDirectory) {
    if (!NEVER_WALKED.has(basename(path))) yield* walkDirectory(path, name, walk);
  } else if (MANIFEST_EXTENSIONS.has(extname(path))) yield { kind: "file", path, name };
}

function gap(code: string, what: string, error?: unknown): WalkedTarget {
  const detail = error instanceof Error ? error.message : "";
  return {
    kind: "gap",
    gap: { code, what, reason: { id: code, arguments: { detail } }, position: { file: what, line: 1, column: 1 } },
  };
}
