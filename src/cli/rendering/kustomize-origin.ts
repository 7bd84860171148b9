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

interface OriginFile {
  readonly path: string;
  readonly name: string;
}

/** Takes the annotation off the object again: it is ours, not the user's. */
export function originReader(
  name: string,
  fileOf: (path: string) => OriginFile,
): (value: unknown, renderedLine: number) => Origin {
  const documents = new Map<string, readonly ReadValue[]>();
  const read = ({ path, name }: OriginFile): readonly ReadValue[] => {
    let known = documents.get(path);
    if (known === undefined) {
      known = readValues(path, name);
      documents.set(path, known);
    }
    return known;
  };
  return (value) => {
    const origin = takeOrigin(value);
    if (origin === undefined) return { file: join(name, "kustomization.yaml") };
    const file = fileOf(origin.path);
    return origin.isWritten
      ? { file: file.name, locate: writtenLocator(value, () => read(file)) }
      : { file: file.name };
  };
}

function takeOrigin(value: unknown): { readonly path: string; readonly isWritten: boolean } | undefined {
  const annotations = valueAt(value, ["metadata", "annotations"]);
  if (annotations === null || typeof annotations !== "object") return undefined;
  const fields = annotations as Record<string, unknown>; // any object has string keys
  const text = fields[ORIGIN];
  if (typeof text !== "string") return undefined;
  delete fields[ORIGIN];
  if (Object.keys(fields).length === 0) delete (valueAt(value, ["metadata"]) as Record<string, unknown>)["annotations"]; // it held the annotations
  const [read] = readDocument({ kind: "document", file: ORIGIN, format: "yaml", text, firstLine: 1, firstColumn: 1 });
  const origin = read?.kind === "value" ? read.value : undefined;
  if (valueAt(origin, ["repo"]) !== undefined) return undefined; // from elsewhere: no file of the user's
  const path = valueAt(origin, ["path"]);
  const configuredIn = valueAt(origin, ["configuredIn"]);
  if (typeof path === "string") return { path, isWritten: true };
  return typeof configuredIn === "string" ? { path: configuredIn, isWritten: false } : undefined;
}

/** Known only where exactly one object of the file can be it, and what stands at the path there is what was built. */
function writtenLocator(built: unknown, values: () => readonly ReadValue[]): Locator {
  let written: Extract<ReadValue, { kind: "value" }> | null | undefined;
  return (path) => {
    written ??= writtenObject(built, values());
    if (written === null) return undefined;
    const value = valueAt(written.value, path);
    return isDeepStrictEqual(value, valueAt(built, path)) ? written.locate(path) : undefined;
  };
}

function writtenObject(built: unknown, values: readonly ReadValue[]): Extract<ReadValue, { kind: "value" }> | null {
  const kind = valueAt(built, ["kind"]);
  const name = String(valueAt(built, ["metadata", "name"]) ?? "");
  const candidates = values.flatMap((one) => {
    if (one.kind !== "value" || valueAt(one.value, ["kind"]) !== kind) return [];
    return [{ one, own: String(valueAt(one.value, ["metadata", "name"]) ?? "") }];
  });
  const exact = candidates.filter(({ own }) => own === name);
  // A prefix or suffix may have been put on.
  const alike = exact.length > 0 ? exact : candidates.filter(({ own }) => own !== "" && name.includes(own));
  return alike.length === 1 ? (alike[0]?.one ?? null) : null;
}

function readValues(path: string, name: string): readonly ReadValue[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  const values: ReadValue[] = [];
  let firstLine = 1;
  for (const part of text.split(/^(?=---)/m)) {
    const document = { kind: "document", file: name, format: "yaml", text: part, firstLine, firstColumn: 1 } as const;
    values.push(...readDocument(document));
    firstLine += part.split("\n").length - 1;
  }
  return values;
}
