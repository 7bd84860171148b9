// Keeps the values of Secrets out of what is written: their data, and every annotation that repeats it. Secrets are not
// asked for, but an object may carry some inside (a List, a ManifestWork), and files may be dumped too.

import type { KubernetesObject } from "../../kubernetes/object.ts";
import { groupOf } from "../../kubernetes/object.ts";

type JsonObject = Readonly<Record<string, unknown>>;

const VALUE_FIELDS: readonly string[] = ["data", "stringData"];
/** Annotations in which tools keep the whole object as they applied it. */
const APPLIED =
  /last-applied|applied-config|original-configuration|^kapp\.k14s\.io\/original|^objectset\.rio\.cattle\.io\/applied/;
/** Text of a Secret with values: JSON or YAML, also as a string inside JSON. */
const SECRET_TEXT = /kind\\*["']?\s*:\s*\\*["']?Secret\b/;

/** The object itself when it has no secret value; else a copy without. Linear in its size. */
export function withoutSecretValues(object: KubernetesObject): KubernetesObject {
  return strip(object) as KubernetesObject; // only values of fields are dropped, never apiVersion, kind or metadata
}

function strip(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const items = value.map(strip);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const object = withTypedItems(value as JsonObject); // not null, no array
  let changed: Record<string, unknown> | undefined;
  for (const key of Object.keys(object)) {
    const field = object[key];
    const kept = strip(field);
    if (kept !== field) (changed ??= { ...object })[key] = kept;
  }
  const clean = changed ?? (value as JsonObject);
  const isSecret = isSecretObject(object);
  // An annotation of what holds a Secret repeats it as an annotation of the Secret does.
  return withoutAnnotations(isSecret ? withoutValues(clean) : clean, object, isSecret || changed !== undefined);
}

/** The items of a SecretList are Secrets though they do not say so. */
function withTypedItems(object: JsonObject): JsonObject {
  const { kind, items } = object;
  if (kind !== "SecretList" || !Array.isArray(items)) return object;
  return { ...object, items: items.map((item: unknown) => (isObject(item) ? { kind: "Secret", ...item } : item)) };
}

function isSecretObject({ kind, apiVersion }: JsonObject): boolean {
  // Without an apiVersion it is one as well: rather too little than too much.
  return kind === "Secret" && (typeof apiVersion !== "string" || groupOf(apiVersion) === "");
}

function withoutValues(secret: JsonObject): JsonObject {
  if (!VALUE_FIELDS.some((field) => Object.hasOwn(secret, field))) return secret;
  return Object.fromEntries(Object.entries(secret).filter(([field]) => !VALUE_FIELDS.includes(field)));
}

function withoutAnnotations(clean: JsonObject, original: JsonObject, holdsSecret: boolean): JsonObject {
  const metadata = clean["metadata"];
  if (!isObject(metadata) || !isObject(metadata["annotations"])) return clean;
  const values = holdsSecret ? secretValues(original) : [];
  const kept = Object.entries(metadata["annotations"]).filter(([name, text]) => {
    if (typeof text !== "string") return true;
    if (holdsSecret && APPLIED.test(name)) return false;
    if (SECRET_TEXT.test(text)) return false;
    return !values.some((value) => text.includes(value));
  });
  if (kept.length === Object.keys(metadata["annotations"]).length) return clean;
  return { ...clean, metadata: { ...metadata, annotations: Object.fromEntries(kept) } };
}

/** The values of a Secret, as they are and as base64. */
function secretValues(object: JsonObject): readonly string[] {
  const { data, stringData } = object;
  const encoded = isObject(data) ? Object.values(data).filter((value) => typeof value === "string") : [];
  const plain = isObject(stringData) ? Object.values(stringData).filter((value) => typeof value === "string") : [];
  const both = [
    ...encoded.flatMap((value) => [value, Buffer.from(value, "base64").toString("utf8")]),
    ...plain.flatMap((value) => [value, Buffer.from(value, "utf8").toString("base64")]),
  ];
  return both.filter((value) => value !== "");
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
