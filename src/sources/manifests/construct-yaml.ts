// Values from js-yaml's events, put together as goyaml.v2/decode.go does: scalars by its resolver, every key a string,
// merges (`<<`) applied where they stand, so that what comes later wins. Duplicate keys are refused.

import { EVENT_ID, SCALAR_STYLE, YAMLException, getScalarValue, type Event, type ScalarEvent } from "js-yaml";
import { resolvePlain, resolveTagged } from "./yaml-scalar.ts";
import { offsetOf } from "./yaml-events.ts";

type Json = Record<string, unknown>;

interface Construction {
  readonly text: string;
  readonly events: readonly Event[];
  readonly anchors: Map<string, unknown>;
  /** Anchors whose node is still open: an alias to one would be a cycle. */
  readonly open: Set<string>;
  at: number;
}

/** The value of each document. Aliases share one value: what reads it must not change it. Throws YAMLException. */
export function constructYaml(text: string, events: readonly Event[]): readonly unknown[] {
  const documents: unknown[] = [];
  for (let at = 0; at < events.length;) {
    const construction: Construction = { text, events, anchors: new Map(), open: new Set(), at: at + 1 };
    documents.push(events[at + 1]?.type === EVENT_ID.POP ? null : nodeOf(construction));
    at = construction.at + 1; // after the document's own end
  }
  return documents;
}

function fail(construction: Construction, event: Event | undefined, reason: string): never {
  return YAMLException.throwAt(construction.text, Math.max(0, offsetOf(event)), reason, "");
}

function nodeOf(construction: Construction): unknown {
  const event = construction.events[construction.at++];
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return event.anchorStart === -1
        ? scalarOf(construction, event)
        : anchored(construction, event, () => scalarOf(construction, event));
    case EVENT_ID.MAPPING:
      return event.anchorStart === -1
        ? mappingOf(construction)
        : anchored(construction, event, () => mappingOf(construction));
    case EVENT_ID.SEQUENCE:
      return event.anchorStart === -1
        ? sequenceOf(construction)
        : anchored(construction, event, () => sequenceOf(construction));
    case EVENT_ID.ALIAS: {
      const name = construction.text.slice(event.anchorStart, event.anchorEnd);
      if (construction.open.has(name)) return fail(construction, event, `anchor "${name}" contains itself`);
      if (!construction.anchors.has(name)) return fail(construction, event, `unknown anchor "${name}"`);
      return construction.anchors.get(name);
    }
    default:
      return null;
  }
}

function anchored(
  construction: Construction,
  event: Exclude<Event, { type: 1 } | { type: 6 }>,
  read: () => unknown,
): unknown {
  const name = construction.text.slice(event.anchorStart, event.anchorEnd);
  construction.open.add(name);
  const value = read();
  construction.open.delete(name);
  construction.anchors.set(name, value);
  return value;
}

function scalarOf(construction: Construction, event: ScalarEvent): unknown {
  const source = getScalarValue(construction.text, event);
  if (event.tagStart === -1) {
    if (event.style !== SCALAR_STYLE.PLAIN) return source;
    try {
      return resolvePlain(source);
    } catch (error) {
      return fail(construction, event, error instanceof Error ? error.message : String(error));
    }
  }
  const tag = construction.text.slice(event.tagStart, event.tagEnd);
  if (tag === "!") return source;
  const name = tag.startsWith("!!") ? `tag:yaml.org,2002:${tag.slice(2)}` : tag.replace(/^!<(.*)>$/, "$1");
  return taggedOf(construction, event, name, source);
}

function taggedOf(construction: Construction, event: ScalarEvent, name: string, source: string): unknown {
  let value: unknown;
  try {
    value = resolveTagged(name, source);
  } catch (error) {
    return fail(construction, event, error instanceof Error ? error.message : String(error));
  }
  return value === undefined
    ? fail(construction, event, `${JSON.stringify(source)} is no ${name.slice(name.lastIndexOf(":") + 1)}`)
    : value;
}

function sequenceOf(construction: Construction): unknown[] {
  const list: unknown[] = [];
  while (construction.events[construction.at]?.type !== EVENT_ID.POP) list.push(nodeOf(construction));
  construction.at++;
  return list;
}

function mappingOf(construction: Construction): Json {
  const mapping: Json = {};
  /** Keys that came through a merge: an own key may replace them. Only made when there is a merge. */
  let merged: Set<string> | undefined;
  for (;;) {
    const keyEvent = construction.events[construction.at];
    if (keyEvent === undefined || keyEvent.type === EVENT_ID.POP) break;
    if (isMerge(construction, keyEvent)) {
      construction.at++;
      merged ??= new Set();
      mergeInto(construction, mapping, merged);
      continue;
    }
    const key = keyOf(construction, keyEvent);
    if (mapping[key] !== undefined && Object.hasOwn(mapping, key) && merged?.delete(key) !== true) {
      fail(construction, keyEvent, "duplicated mapping key");
    }
    set(mapping, key, nodeOf(construction));
  }
  construction.at++;
  return mapping;
}

/** `{}` with `__proto__` as an ordinary key. */
function set(mapping: Json, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
  else mapping[key] = value;
}

function isMerge({ text }: Construction, event: Event): boolean {
  return (
    event.type === EVENT_ID.SCALAR &&
    event.style === SCALAR_STYLE.PLAIN &&
    event.valueEnd - event.valueStart === 2 &&
    text.charCodeAt(event.valueStart) === 0x3c &&
    text.charCodeAt(event.valueStart + 1) === 0x3c &&
    event.tagStart === -1
  );
}

function keyOf(construction: Construction, event: Event): string {
  // Most keys are plain words that resolve to nothing else.
  const key = nodeOf(construction);
  if (typeof key === "string") return key;
  if (typeof key === "number" || typeof key === "boolean") return String(key);
  return fail(construction, event, key === null ? "a key is empty" : "a key is no scalar");
}

function mergeInto(construction: Construction, mapping: Json, merged: Set<string>): void {
  const event = construction.events[construction.at];
  const source = nodeOf(construction);
  const isInlineList = event?.type === EVENT_ID.SEQUENCE;
  // Of several sources the first one wins: they are applied from the last to the first.
  const sources = isInlineList && Array.isArray(source) ? [...source].reverse() : [source];
  for (const one of sources) {
    if (one === null || typeof one !== "object" || Array.isArray(one)) {
      fail(construction, event, "a merge (<<) needs a mapping or a list of mappings");
    }
    for (const [key, value] of Object.entries(one as Json)) {
      // a mapping, just checked
      if (!Object.hasOwn(mapping, key)) merged.add(key);
      set(mapping, key, value);
    }
  }
}
