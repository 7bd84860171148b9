// From a document's text to its values, each with a locator. A document that cannot be read becomes a gap.

import { EVENT_ID, YAMLException, type Event } from "js-yaml";
import type { Locator } from "../../cluster/resource.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { constructYaml } from "./construct-yaml.ts";
import { createJsonLocator } from "./json-locator.ts";
import { positionAt } from "./line-positions.ts";
import { parseYaml } from "./parse-yaml.ts";
import { readPlainYaml } from "./plain-yaml.ts";
import { createPlainLocator } from "./plain-yaml-index.ts";
import { MOST_EXPANDED_NODES, type SourceDocument } from "./source-document.ts";
import { expandedSize } from "./yaml-events.ts";
import { createYamlLocator } from "./yaml-locator.ts";

export type ReadValue =
  | { readonly kind: "value"; readonly value: unknown; readonly locate: Locator }
  | { readonly kind: "gap"; readonly gap: Gap };

/** Every object of a document: the value itself, or the items of a List (nested Lists too) or of an array. */
export function readDocument(document: SourceDocument): readonly ReadValue[] {
  return (document.format === "json" ? readJson(document) : undefined) ?? readYaml(document);
}

/** `undefined` when the text is not plain JSON: YAML's flow style may still read it, and says where it is broken. */
function readJson(document: SourceDocument): readonly ReadValue[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(document.text);
  } catch {
    return undefined;
  }
  if (document.keys !== undefined && document.keys !== countKeys(value)) return undefined; // a duplicate key was dropped
  return itemsOf(value, document.list, createJsonLocator(document), []);
}

function countKeys(value: unknown): number {
  if (value === null || typeof value !== "object") return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) if (typeof element === "object") count += countKeys(element);
    return count;
  }
  for (const key in value) {
    count += 1;
    const field = (value as Record<string, unknown>)[key]; // own enumerable key of a JSON value
    if (typeof field === "object") count += countKeys(field);
  }
  return count;
}

function readYaml(document: SourceDocument): readonly ReadValue[] {
  const plain = readPlainYaml(document.text);
  if (plain !== undefined) {
    return itemsOf(plain.value, document.list, createPlainLocator(document, plain.index), []);
  }
  try {
    const { text, events, inserted } = parseYaml(document.text);
    const parsed = inserted.size === 0 ? document : { ...document, text, inserted };
    if (events.some((event) => event.type === EVENT_ID.ALIAS) && expandedSize(text, events) > MOST_EXPANDED_NODES) {
      return [gapAt(document, "yaml-alias-bomb", 0)];
    }
    const values = constructYaml(text, events);
    const roots = rootsOf(events);
    return values.flatMap((value, index) =>
      itemsOf(value, document.list, createYamlLocator(parsed, events, roots[index] ?? 0), []),
    );
  } catch (error) {
    return [failureGap(document, error)];
  }
}

function rootsOf(events: readonly Event[]): readonly number[] {
  return events.flatMap((event, index) => (event.type === EVENT_ID.DOCUMENT ? [index + 1] : []));
}

type ListType = SourceDocument["list"];

function itemsOf(value: unknown, list: ListType, locate: Locator, prefix: Path): readonly ReadValue[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => itemsOf(element, list, locate, [...prefix, index]));
  }
  if (isList(value)) {
    const own = { apiVersion: typeof value.apiVersion === "string" ? value.apiVersion : "v1", kind: value.kind };
    return value.items.flatMap((item, index) => itemsOf(item, own, locate, [...prefix, "items", index]));
  }
  const located: Locator = prefix.length === 0 ? locate : (path) => locate([...prefix, ...path]);
  return [{ kind: "value", value: withTypeOfList(value, list), locate: located }];
}

function isList(value: unknown): value is { apiVersion?: unknown; kind: string; items: readonly unknown[] } {
  if (value === null || typeof value !== "object") return false;
  const { kind, items } = value as Record<string, unknown>; // any object has string keys
  return typeof kind === "string" && kind.endsWith("List") && Array.isArray(items);
}

/** Items of a typed list (`PodList`, as the API itself answers) do not name their type. */
function withTypeOfList(value: unknown, list: ListType): unknown {
  if (list === undefined || list.kind === "List" || value === null || typeof value !== "object") return value;
  if ("kind" in value || "apiVersion" in value) return value;
  return { apiVersion: list.apiVersion, kind: list.kind.slice(0, -"List".length), ...value };
}

function gapAt(document: SourceDocument, code: string, offset: number, detail?: string): ReadValue {
  const position = positionAt(document, offset);
  const lines = positionAt(document, document.text.trimEnd().length).line;
  const reason = { id: code, arguments: { detail: detail ?? "", firstLine: document.firstLine, lastLine: lines } };
  return { kind: "gap", gap: { code, what: document.file, reason, position } };
}

function failureGap(document: SourceDocument, error: unknown): ReadValue {
  if (!(error instanceof Error)) throw error;
  const isYaml = error instanceof YAMLException;
  const offset = isYaml ? (error.mark?.position ?? 0) : 0;
  const detail = isYaml ? error.reason : error.message;
  if (document.text.includes("{{")) return gapAt(document, "unrendered-template", offset, detail);
  return gapAt(document, codeOf(detail), offset, detail);
}

function codeOf(detail: string): string {
  if (detail.includes("duplicated mapping key")) return "duplicate-key";
  if (detail.includes("tab character")) return "yaml-tab";
  if (detail.includes("maxDepth") || detail.includes("call stack")) return "too-deep";
  return "yaml-syntax";
}
