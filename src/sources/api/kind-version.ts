// Which version of a kind to ask a server for.

import type { ApiFailure } from "./api-error.ts";
import type { Discovery } from "./discovery.ts";
import { resourceName, type ScanKind } from "./scan-kinds.ts";

export type KindVersion =
  /** A guess is made where discovery is forbidden: not found then means absent. */
  | { readonly kind: "version"; readonly version: string; readonly isGuess: boolean }
  /** The server does not have the kind, so the cluster has no such objects. */
  | { readonly kind: "absent" }
  /** The server may have objects of it that cannot be read. */
  | { readonly kind: "gap"; readonly failure: ApiFailure };

/** The best version both sides know. */
export function chooseVersion(scanKind: ScanKind, discovery: Discovery): KindVersion {
  const { group, resource, versions } = scanKind;
  const served = discovery.versionsOf(group, resource);
  if (served.length === 0) {
    const unknown = discovery.unknown.find(({ groupVersion }) =>
      groupVersion.startsWith(group === "" ? "v" : `${group}/`),
    );
    return unknown === undefined
      ? { kind: "absent" }
      : { kind: "gap", failure: groupFailure(unknown.groupVersion, unknown.failure) };
  }
  const known = served.filter((candidate) => versions === undefined || versions.includes(candidate.version));
  const name = resourceName(scanKind);
  if (known.length === 0) {
    const list = served.map((candidate) => candidate.version).join(", ");
    return { kind: "gap", failure: { code: "version-unknown", arguments: { resource: name, served: list } } };
  }
  const listable = known.filter((candidate) => candidate.isListable);
  const best =
    versions?.find((version) => listable.some((candidate) => candidate.version === version)) ?? listable[0]?.version;
  return best === undefined
    ? { kind: "gap", failure: { code: "not-listable", arguments: { resource: name } } }
    : { kind: "version", version: best, isGuess: false };
}

/** Without discovery: our best version, or, for kinds of any version, the reason why it is not known. */
export function guessVersion(scanKind: ScanKind, failure: ApiFailure): KindVersion {
  const [version] = scanKind.versions ?? [];
  return version === undefined
    ? { kind: "gap", failure: groupFailure(scanKind.group, failure) }
    : { kind: "version", version, isGuess: true };
}

function groupFailure(groupVersion: string, failure: ApiFailure): ApiFailure {
  if (failure.code === "group-unavailable") return failure;
  const words = failure.answer?.message ?? String(failure.arguments["words"] ?? failure.code);
  return { code: "group-unavailable", arguments: { groupVersion, words } };
}
