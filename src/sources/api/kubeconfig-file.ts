// One kubeconfig file: narrowed, with relative paths resolved against the file's own directory
// (k8s.io/client-go/tools/clientcmd/loader.go LoadFromFile, ResolveLocalPaths).

import { dirname, isAbsolute, join, sep } from "node:path";
import { formatPath, type Path } from "../../kubernetes/path.ts";
import { narrow, type ShapeProblem } from "../../kubernetes/shape.ts";
import { apiError } from "./api-error.ts";
import type { FailureCode } from "./failure-texts.ts";
import { kubeconfigShape, type ClusterEntry, type ContextEntry, type UserEntry } from "./kubeconfig-shape.ts";
import { readKubeconfigText, type KubeconfigText } from "./kubeconfig-text.ts";

/** An entry and the file it stands in; paths in it are relative to that file. */
export interface FromFile<Entry> {
  readonly file: string;
  readonly entry: Entry;
  /** `FILE:LINE` of one of its fields; without any, of the entry. */
  readonly at: (...field: Path) => string;
}

export interface Kubeconfig {
  /** The files that were read, in order. */
  readonly files: readonly string[];
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, FromFile<ClusterEntry>>;
  readonly users: ReadonlyMap<string, FromFile<UserEntry>>;
  readonly contexts: ReadonlyMap<string, FromFile<ContextEntry>>;
}

/**
 * Parses one kubeconfig. Throws ApiError for what is none, with file, line and field, and without a value; unknown fields
 * are ignored.
 */
export function parseKubeconfig(source: string, file: string): Kubeconfig {
  const text = readKubeconfigText(source, file);
  const narrowed = narrow(kubeconfigShape, text.value);
  if (!narrowed.ok) throw wrongType(narrowed.problems[0], text, file);
  const content = narrowed.value;
  expectWord("apiVersion", content.apiVersion, "v1", text);
  expectWord("kind", content.kind, "Config", text);
  return {
    files: [file],
    currentContext: content["current-context"] ?? "",
    clusters: byName(text, file, "clusters", "cluster", content.clusters, (item) => item.cluster ?? {}),
    users: byName(text, file, "users", "user", content.users, (item) => item.user ?? {}),
    contexts: byName(text, file, "contexts", "context", content.contexts, (item) => item.context ?? {}),
  };
}

/** A path of a kubeconfig, resolved against the file that names it; empty stays empty. */
export function resolvePath(file: string, path: string): string {
  return path === "" || isAbsolute(path) ? path : join(dirname(file), path);
}

/** A plugin's command is looked up in PATH unless it holds a separator; then it is relative to the kubeconfig. */
export function resolveCommand(file: string, command: string): string {
  return command.includes("/") || command.includes(sep) ? resolvePath(file, command) : command;
}

const CODES: Readonly<Record<string, FailureCode>> = {
  string: "field-not-text",
  boolean: "field-not-boolean",
  array: "field-not-list",
  object: "field-not-mapping",
};

function wrongType(problem: ShapeProblem | undefined, text: KubeconfigText, file: string): Error {
  const { path = [], expected = "", found = "" } = problem ?? {};
  if (path.length === 0) return apiError("kubeconfig-root", { file, found });
  const code = CODES[expected] ?? "field-not-mapping";
  return apiError(code, { place: text.placeOf(path), field: formatPath(path), found });
}

function expectWord(field: string, found: string | null | undefined, expected: string, text: KubeconfigText): void {
  if (!found || found === expected) return;
  throw apiError("kubeconfig-kind", { place: text.placeOf([field]), field, found, expected });
}

function byName<Item extends { readonly name?: string | null }, Entry>(
  text: KubeconfigText,
  file: string,
  list: string,
  key: string,
  items: readonly (Item | null)[] | null | undefined,
  entryOf: (item: Item) => Entry,
): ReadonlyMap<string, FromFile<Entry>> {
  const entries = new Map<string, FromFile<Entry>>();
  for (const [index, item] of (items ?? []).entries()) {
    if (item === null) continue;
    const name = item.name ?? "";
    // Two entries of one name in one file: client-go refuses to choose, and so do we.
    if (entries.has(name)) throw apiError("kubeconfig-duplicate", { place: text.placeOf([list, index]), list, name });
    const at = (...field: Path): string =>
      text.placeOf(field.length === 0 ? [list, index] : [list, index, key, ...field]);
    entries.set(name, { file, entry: entryOf(item), at });
  }
  return entries;
}
