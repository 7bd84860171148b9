// One kubeconfig file: its shape (k8s.io/client-go/tools/clientcmd/api/v1/types.go), read tolerantly, with relative
// paths resolved against the file's own directory (tools/clientcmd/loader.go ResolveLocalPaths).

import { dirname, isAbsolute, join, sep } from "node:path";
import { load } from "js-yaml";
import { formatPath } from "../../kubernetes/path.ts";
import { anything, array, map, narrow, object, type Shape, type TypeOf } from "../../kubernetes/shape.ts";
import { apiError, wordsOf } from "./api-error.ts";

/** Go reads numbers and booleans into string fields, so a context may be called 12 and insecure-skip-tls-verify "true". */
const text: Shape<string | number | boolean> = {
  expected: "string",
  check: (value, at, problems) => {
    if (value !== null && value !== undefined && typeof value === "object") {
      problems.push({ path: [...at], expected: "string", found: Array.isArray(value) ? "array" : "object" });
    }
  },
};

const extensions = array(object({ name: text, extension: anything }));
const clusterShape = object({
  server: text,
  "tls-server-name": text,
  "insecure-skip-tls-verify": text,
  "certificate-authority": text,
  "certificate-authority-data": text,
  "proxy-url": text,
  "disable-compression": text,
  extensions,
});
const execShape = object({
  apiVersion: text,
  command: text,
  args: array(text),
  env: array(object({ name: text, value: text })),
  installHint: text,
  provideClusterInfo: text,
  interactiveMode: text,
});
const userShape = object({
  "client-certificate": text,
  "client-certificate-data": text,
  "client-key": text,
  "client-key-data": text,
  token: text,
  tokenFile: text,
  as: text,
  "as-uid": text,
  "as-groups": array(text),
  "as-user-extra": map(array(text)),
  username: text,
  password: text,
  "auth-provider": object({ name: text }),
  exec: execShape,
});
const contextShape = object({ cluster: text, user: text, namespace: text });
const fileShape = object({
  kind: text,
  "current-context": text,
  clusters: array(object({ name: text, cluster: clusterShape })),
  users: array(object({ name: text, user: userShape })),
  contexts: array(object({ name: text, context: contextShape })),
});

export type ClusterEntry = TypeOf<typeof clusterShape>;
export type UserEntry = TypeOf<typeof userShape>;
export type ContextEntry = TypeOf<typeof contextShape>;
export type ExecEntry = TypeOf<typeof execShape>;

/** An entry and the file it stands in; paths in it are relative to that file. */
export interface FromFile<Entry> {
  readonly file: string;
  readonly entry: Entry;
}

export interface Kubeconfig {
  /** The files that were read, in order. */
  readonly files: readonly string[];
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, FromFile<ClusterEntry>>;
  readonly users: ReadonlyMap<string, FromFile<UserEntry>>;
  readonly contexts: ReadonlyMap<string, FromFile<ContextEntry>>;
}

/** Parses one kubeconfig. Throws `kubeconfig-invalid` for what is no kubeconfig; unknown fields are ignored. */
export function parseKubeconfig(source: string, file: string): Kubeconfig {
  const value = narrow(fileShape, parseYaml(source, file));
  if (!value.ok) {
    const [problem] = value.problems;
    throw invalid(file, `${formatPath(problem?.path ?? [])}: expected ${problem?.expected}, found ${problem?.found}`);
  }
  const content = value.value;
  const kind = textOf(content.kind);
  if (kind !== "" && kind !== "Config") throw invalid(file, `its kind is ${kind}, not Config`);
  return {
    files: [file],
    currentContext: textOf(content["current-context"]),
    clusters: byName(file, "clusters", content.clusters, (item) => item.cluster ?? {}),
    users: byName(file, "users", content.users, (item) => item.user ?? {}),
    contexts: byName(file, "contexts", content.contexts, (item) => item.context ?? {}),
  };
}

export function textOf(value: string | number | boolean | null | undefined): string {
  return value == null ? "" : String(value);
}

/** Booleans as kubectl's parser of YAML 1.1 reads them. */
export function isTrue(value: string | number | boolean | null | undefined): boolean {
  return /^(true|yes|on|y)$/i.test(textOf(value));
}

/** A path of a kubeconfig, resolved against the file that names it; empty stays empty. */
export function resolvePath(file: string, path: string): string {
  return path === "" || isAbsolute(path) ? path : join(dirname(file), path);
}

/** A plugin's command is looked up in PATH unless it holds a separator; then it is relative to the kubeconfig. */
export function resolveCommand(file: string, command: string): string {
  return command.includes("/") || command.includes(sep) ? resolvePath(file, command) : command;
}

const MOST_ALIASES = 1000;

function parseYaml(source: string, file: string): unknown {
  try {
    return source.trim() === "" ? {} : load(source, { maxAliases: MOST_ALIASES });
  } catch (error) {
    // Not the error itself: it quotes the lines around, and those may be credentials.
    throw invalid(file, wordsOf(error));
  }
}

function byName<Item extends { readonly name?: string | number | boolean | null }, Entry>(
  file: string,
  list: string,
  items: readonly (Item | null)[] | null | undefined,
  entryOf: (item: Item) => Entry,
): ReadonlyMap<string, FromFile<Entry>> {
  const entries = new Map<string, FromFile<Entry>>();
  for (const item of items ?? []) {
    if (item === null) continue;
    const name = textOf(item.name);
    // Two entries of one name in one file: client-go refuses to choose, and so do we.
    if (entries.has(name)) throw invalid(file, `two ${list} are called "${name}"`);
    entries.set(name, { file, entry: entryOf(item) });
  }
  return entries;
}

function invalid(file: string, words: string): Error {
  return apiError("kubeconfig-invalid", { file, words });
}
