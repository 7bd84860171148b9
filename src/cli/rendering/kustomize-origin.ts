// From a built object to the file it comes from (kustomize's originAnnotations), and to the line there, where the value
// that was built is the one that is written.

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import type { Locator } from "../../cluster/resource.ts";
import { valueAt } from "../../kubernetes/path.ts";
import { readDocument, type ReadValue } from "../../sources/manifests/read-document.ts";
import type { Origin } from "./rendered-items.ts";

const ORIGIN = "config.kubernetes.io/origin";

export interface OriginFile {
  /** Absolute. */
  readonly path: string;
  /** As the user would write it. */
  readonly name: string;
}

interface Traced {
  readonly file: OriginFile;
  /** Whether the object itself is written there, not what generates it. */
  readonly isWritten: boolean;
}

/**
 * @param traced the output of a build with origin annotations
 * @param name the kustomization's folder, which is told where nothing better is known
 */
export function kustomizeOrigins(
  traced: string,
  name: string,
  fileOf: (path: string) => OriginFile,
): (value: unknown) => Origin {
  const byIdentity = new Map<string, Traced>();
  for (const one of readValues(traced, name)) {
    const origin = one.kind === "value" ? originOf(one.value, fileOf) : undefined;
    if (one.kind === "value" && origin !== undefined) byIdentity.set(identityOf(one.value), origin);
  }
  const documents = new Map<string, readonly ReadValue[]>();
  const read = ({ path, name }: OriginFile): readonly ReadValue[] => {
    const known = documents.get(path) ?? readFile(path, name);
    documents.set(path, known);
    return known;
  };
  return (value) => {
    const origin = byIdentity.get(identityOf(value));
    if (origin === undefined) return { file: join(name, "kustomization.yaml") };
    const { file, isWritten } = origin;
    return isWritten ? { file: file.name, locate: writtenLocator(value, () => read(file)) } : { file: file.name };
  };
}

function identityOf(value: unknown): string {
  const places = [["apiVersion"], ["kind"], ["metadata", "namespace"], ["metadata", "name"]];
  return JSON.stringify(places.map((path) => valueAt(value, path)));
}

function originOf(value: unknown, fileOf: (path: string) => OriginFile): Traced | undefined {
  const text = valueAt(value, ["metadata", "annotations", ORIGIN]);
  if (typeof text !== "string") return undefined;
  const [read] = readValues(text, ORIGIN);
  const origin = read?.kind === "value" ? read.value : undefined;
  if (valueAt(origin, ["repo"]) !== undefined) return undefined; // from elsewhere: no file of the user's
  const path = valueAt(origin, ["path"]);
  if (typeof path === "string") return { file: fileOf(path), isWritten: true };
  const configuredIn = valueAt(origin, ["configuredIn"]);
  return typeof configuredIn === "string" ? { file: fileOf(configuredIn), isWritten: false } : undefined;
}

/** Known only where exactly one object of the file can be it, and what stands at the path there is what was built. */
function writtenLocator(built: unknown, values: () => readonly ReadValue[]): Locator {
  let written: Extract<ReadValue, { kind: "value" }> | null | undefined;
  return (path) => {
    if (written === undefined) written = writtenObject(built, values());
    if (written === null) return undefined;
    return isDeepStrictEqual(valueAt(written.value, path), valueAt(built, path)) ? written.locate(path) : undefined;
  };
}

function writtenObject(built: unknown, values: readonly ReadValue[]): Extract<ReadValue, { kind: "value" }> | null {
  const kind = valueAt(built, ["kind"]);
  const name = nameOf(built);
  const candidates = values.flatMap((one) => {
    if (one.kind !== "value" || valueAt(one.value, ["kind"]) !== kind) return [];
    return [{ one, own: nameOf(one.value) }];
  });
  const exact = candidates.filter(({ own }) => own === name);
  // A prefix or suffix may have been put on.
  const alike = exact.length > 0 ? exact : candidates.filter(({ own }) => own !== "" && name.includes(own));
  return alike.length === 1 ? (alike[0]?.one ?? null) : null;
}

function nameOf(object: unknown): string {
  const name = valueAt(object, ["metadata", "name"]);
  return typeof name === "string" ? name : "";
}

function readFile(path: string, name: string): readonly ReadValue[] {
  try {
    return readValues(readFileSync(path, "utf8"), name);
  } catch {
    return []; // gone since it was built
  }
}

function readValues(text: string, file: string): readonly ReadValue[] {
  const values: ReadValue[] = [];
  let firstLine = 1;
  for (const part of text.split(/^(?=---)/m)) {
    values.push(...readDocument({ kind: "document", file, format: "yaml", text: part, firstLine, firstColumn: 1 }));
    firstLine += part.split("\n").length - 1;
  }
  return values;
}
