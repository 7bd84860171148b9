// One field to set, and the object with it set. Nothing is changed in place.

import { valueAt, type Path, type PathSegment } from "../../../kubernetes/path.ts";

export interface HardeningEdit {
  /** From the root of the object. */
  readonly path: Path;
  readonly value: unknown;
}

/** A copy with every edit applied; objects on the way that are missing or null are made. */
export function withEdits<T>(root: T, edits: readonly HardeningEdit[]): T {
  let edited: unknown = root;
  for (const { path, value } of edits) edited = put(edited, path, value, 0);
  return edited as T; // the same object but for fields of the same types
}

function put(value: unknown, path: Path, field: unknown, at: number): unknown {
  const step = path[at];
  if (step === undefined) return field;
  if (Array.isArray(value)) {
    return value.map((element: unknown, index) => (index === step ? put(element, path, field, at + 1) : element));
  }
  const object = value !== null && typeof value === "object" ? value : {};
  return { ...object, [step]: put(valueAt(object, [step]), path, field, at + 1) };
}

/** The edits as a strategic-merge patch: containers are named, every other object holds only what changes. */
export function strategicMergePatch(root: unknown, edits: readonly HardeningEdit[]): Readonly<Record<string, unknown>> {
  const patch: Tree = {};
  for (const { path, value } of edits) addTo(patch, root, path, value);
  return patch;
}

interface Tree {
  [field: string]: unknown;
}

function addTo(patch: Tree, root: unknown, path: Path, value: unknown): void {
  let tree = patch;
  for (let at = 0; at < path.length; at++) {
    const step = String(path[at]);
    const next = path[at + 1];
    if (next === undefined) tree[step] = value;
    else if (typeof next === "number") {
      const name = valueAt(root, [...path.slice(0, at + 2), "name"]);
      const list = (tree[step] ??= []) as Tree[]; // only this function writes here
      let element = list.find((one) => one["name"] === name);
      if (element === undefined) list.push((element = { name }));
      tree = element;
      at++;
    } else tree = (tree[step] ??= {}) as Tree; // likewise
  }
}

export interface JsonPatchOperation {
  readonly op: "add" | "replace";
  readonly path: string;
  readonly value: unknown;
}

/** The edits as JSON Patch (RFC 6902), for kinds whose lists no strategic merge knows. */
export function jsonPatch(root: unknown, edits: readonly HardeningEdit[]): readonly JsonPatchOperation[] {
  let working = root;
  const operations: JsonPatchOperation[] = [];
  for (const edit of edits) {
    const { path, value } = edit;
    let depth = 0;
    while (depth < path.length && valueAt(working, path.slice(0, depth + 1)) != null) depth++;
    const isThere = depth === path.length;
    const to = isThere ? path : path.slice(0, depth + 1);
    const missing = path.slice(to.length);
    const nested = missing.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
    operations.push({ op: isThere ? "replace" : "add", path: pointer(to), value: nested });
    working = withEdits(working, [edit]);
  }
  return operations;
}

function pointer(path: Path): string {
  return path.map((step) => `/${escaped(step)}`).join("");
}

function escaped(step: PathSegment): string {
  return String(step).replaceAll("~", "~0").replaceAll("/", "~1");
}
