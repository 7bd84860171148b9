// Who set a field, and when: from metadata.managedFields, whose paths are those of sigs.k8s.io/structured-merge-diff
// (fieldpath: `f:NAME` a field, `k:{KEYS}` an element by its keys, `v:VALUE` an element of a set, `i:N` one by index).

import type { Path, PathSegment } from "../kubernetes/path.ts";
import { anything, array, narrow, object, string } from "../kubernetes/shape.ts";

export interface SetBy {
  /** E.g. `kubectl-client-side-apply`. */
  readonly manager: string;
  /** `Apply` or `Update`. */
  readonly operation: string;
  /** RFC 3339; empty when the server did not keep it. */
  readonly time: string;
}

const managedFieldsShape = array(object({ manager: string, operation: string, time: string, fieldsV1: anything }));

/** Tells of each path of the object who set it last; `undefined` for what nobody set, or nobody is known for. */
export function settersOf(managedFields: unknown, root: unknown): (path: Path) => SetBy | undefined {
  const narrowed = narrow(managedFieldsShape, managedFields);
  const entries = narrowed.ok && Array.isArray(narrowed.value) ? narrowed.value : [];
  return (path) => {
    let last: SetBy | undefined;
    for (const entry of entries) {
      if (entry == null || !owns(entry.fieldsV1, root, path)) continue;
      const { manager, operation, time } = entry;
      if (last === undefined || (time ?? "") >= last.time)
        last = { manager: manager ?? "", operation: operation ?? "", time: time ?? "" };
    }
    return last;
  };
}

type Fields = Readonly<Record<string, unknown>>;

function owns(fields: unknown, root: unknown, path: Path): boolean {
  let node = fieldsOf(fields);
  let value = root;
  for (const [index, segment] of path.entries()) {
    if (node === undefined) return false;
    // Without members it is one value to the server, whole: an atomic list, a map nobody shares.
    if (index > 0 && isLeaf(node)) return true;
    value = (value as Record<PathSegment, unknown> | null | undefined)?.[segment]; // whatever it is: a missing one is undefined
    node = childOf(node, segment, value);
  }
  return node !== undefined;
}

function childOf(node: Fields, segment: PathSegment, value: unknown): Fields | undefined {
  if (typeof segment === "string") return fieldsOf(node[`f:${segment}`]);
  for (const name of Object.keys(node)) {
    if (name === `i:${segment}` || isElement(name, value)) return fieldsOf(node[name]);
  }
  return undefined;
}

function isElement(name: string, value: unknown): boolean {
  const kind = name.slice(0, 2);
  if (kind !== "k:" && kind !== "v:") return false;
  const expected = parse(name.slice(2));
  if (kind === "v:") return expected === value;
  const keys = fieldsOf(expected);
  const element = fieldsOf(value);
  return keys !== undefined && element !== undefined && Object.keys(keys).every((key) => keys[key] === element[key]);
}

function isLeaf(node: Fields): boolean {
  for (const name in node) if (name !== ".") return false;
  return !Object.hasOwn(node, ".");
}

function fieldsOf(value: unknown): Fields | undefined {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : undefined; // just checked
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
