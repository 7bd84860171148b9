// Which kubeconfig files count and how they merge (k8s.io/client-go/tools/clientcmd/loader.go): the file given, else
// the list in KUBECONFIG, else ~/.kube/config; in a list, absent files are skipped and the first to name a thing wins.

import { readFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { apiError, wordsOf } from "./api-error.ts";
import type { FailureCode } from "./failure-texts.ts";
import { systemCode } from "./file-failure.ts";
import { parseKubeconfig, type FromFile, type Kubeconfig } from "./kubeconfig-file.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface KubeconfigPlaces {
  /** `--kubeconfig`; it alone counts when given, and must exist. */
  readonly explicit?: string | undefined;
  readonly environment: Environment;
  readonly homeDirectory: string;
  /** Where relative entries of KUBECONFIG start; absent: where the process runs. */
  readonly directory?: string;
}

/** The files to read, in order of precedence, without duplicates. */
export function kubeconfigFiles(places: KubeconfigPlaces): readonly string[] {
  const { explicit, environment, homeDirectory, directory } = places;
  if (explicit !== undefined && explicit !== "") return [explicit];
  const listed = (environment["KUBECONFIG"] ?? "").split(delimiter).filter((file) => file !== "");
  if (listed.length === 0) return [join(homeDirectory, ".kube", "config")];
  return [...new Set(directory === undefined ? listed : listed.map((file) => resolve(directory, file)))];
}

/**
 * Reads and merges. Throws ApiError for a file that cannot be read or is no kubeconfig; one that does not exist is an
 * error only when it was given explicitly. With no file at all the result is empty.
 */
export async function loadKubeconfig(places: KubeconfigPlaces): Promise<Kubeconfig> {
  const isExplicit = (places.explicit ?? "") !== "";
  const parts: Kubeconfig[] = [];
  for (const file of kubeconfigFiles(places)) {
    const source = await readIfThere(file, isExplicit);
    if (source !== undefined) parts.push(parseKubeconfig(source, file));
  }
  return mergeKubeconfigs(parts);
}

/** Merges by kubectl's rule: per name, and for the current context, the first file that says something wins. */
export function mergeKubeconfigs(parts: readonly Kubeconfig[]): Kubeconfig {
  return {
    files: parts.flatMap((part) => part.files),
    currentContext: parts.find((part) => part.currentContext !== "")?.currentContext ?? "",
    clusters: firstWins(parts.map((part) => part.clusters)),
    users: firstWins(parts.map((part) => part.users)),
    contexts: firstWins(parts.map((part) => part.contexts)),
  };
}

function firstWins<Entry>(maps: readonly ReadonlyMap<string, FromFile<Entry>>[]): ReadonlyMap<string, FromFile<Entry>> {
  const merged = new Map<string, FromFile<Entry>>();
  for (const map of maps) {
    for (const [name, entry] of map) if (!merged.has(name)) merged.set(name, entry);
  }
  return merged;
}

async function readIfThere(file: string, mustExist: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const system = systemCode(error);
    if (system === "ENOENT" && !mustExist) return undefined;
    throw apiError(CODES.get(system) ?? "kubeconfig-unreadable", { file, words: system || wordsOf(error) }, error);
  }
}

const CODES: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  ["ENOENT", "kubeconfig-absent"],
  ["ENOTDIR", "kubeconfig-absent"],
  ["EACCES", "kubeconfig-forbidden"],
  ["EPERM", "kubeconfig-forbidden"],
  ["EISDIR", "kubeconfig-is-directory"],
]);
