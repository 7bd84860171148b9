// Paths of a YAML document to positions, from the events of the same reading.

import { EVENT_ID, SCALAR_STYLE, type Event } from "js-yaml";
import type { Locator } from "../../cluster/resource.ts";
import type { Path, PathSegment } from "../../kubernetes/path.ts";
import { createPositions } from "./line-positions.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { SourceDocument } from "./source-document.ts";
import { anchoredNode, nodeEnds, offsetOf, scalarAt } from "./yaml-events.ts";

/** Events with, for each, the index after its node: computed when the first path of the document is asked for. */
interface Index {
  readonly text: string;
  readonly events: readonly Event[];
  readonly ends: Int32Array;
  /** Steps into mappings that were taken already: a document with one finding mostly has more, nearby. */
  readonly steps: Map<number, Map<string, Step | undefined>>;
}

/**
 * Events weigh several times their text, and relations keep locators until the end of a run: so only those of the document
 * looked at last are kept, others are read from the text again. (Not by weak references: what one has touched stays
 * alive until the job ends, and a run ends in one job.)
 */
let latest: { readonly document: SourceDocument; readonly events: readonly Event[]; index?: Index } | undefined;

/** `root` is the index of the event where the object begins. A field's position is that of its key. */
export function createYamlLocator(document: SourceDocument, events: readonly Event[], root: number): Locator {
  const positionAt = createPositions(document);
  latest = { document, events };
  return (path) => positionAt(offsetOfPath(indexOf(document), root, path));
}

function indexOf(document: SourceDocument): Index {
  if (latest?.document !== document) latest = { document, events: parseYaml(document.text).events };
  const { events } = latest;
  return (latest.index ??= { text: document.text, events, ends: nodeEnds(events), steps: new Map() });
}

interface Step {
  /** Offset of the key, or of the element. */
  readonly offset: number;
  /** Index of the value's event. */
  readonly node: number;
}

function offsetOfPath(index: Index, root: number, path: Path): number {
  let offset = Math.max(0, offsetOf(index.events[root]));
  let node = root;
  for (const segment of path) {
    const step = stepInto(index, anchoredNode(index.text, index.events, node), segment);
    if (step === undefined) break;
    if (step.offset >= 0) offset = step.offset;
    node = step.node;
  }
  return offset;
}

function stepInto(index: Index, node: number, segment: PathSegment): Step | undefined {
  const type = index.events[node]?.type;
  if (type === EVENT_ID.SEQUENCE) return typeof segment === "number" ? elementStep(index, node, segment) : undefined;
  return type === EVENT_ID.MAPPING ? knownStep(index, node, String(segment)) : undefined;
}

function after({ ends }: Index, node: number): number {
  return ends[node] ?? node + 1;
}

function elementStep(index: Index, node: number, position: number): Step | undefined {
  const { events } = index;
  let at = node + 1;
  for (let element = 0; at < events.length && events[at]?.type !== EVENT_ID.POP; element++) {
    if (element === position) return { offset: offsetOf(events[at]), node: at };
    at = after(index, at);
  }
  return undefined;
}

function knownStep(index: Index, node: number, key: string): Step | undefined {
  let steps = index.steps.get(node);
  if (steps === undefined) {
    steps = new Map();
    index.steps.set(node, steps);
  }
  if (steps.has(key)) return steps.get(key);
  const step = keyStep(index, node, key);
  steps.set(key, step);
  return step;
}

function keyStep(index: Index, node: number, key: string): Step | undefined {
  const { text, events } = index;
  let found: Step | undefined; // the last one wins, merged or not, as when the value was read
  let at = node + 1;
  while (at < events.length && events[at]?.type !== EVENT_ID.POP) {
    const event = events[at];
    const value = after(index, at);
    if (isKey(text, event, key)) found = { offset: offsetOf(event), node: value };
    else if (isKey(text, event, "<<")) found = mergedStep(index, value, key) ?? found;
    at = after(index, value);
  }
  return found;
}

/** Most keys are plain words, compared where they stand. */
function isKey(text: string, event: Event | undefined, key: string): boolean {
  if (event?.type === EVENT_ID.SCALAR && event.fast && event.style === SCALAR_STYLE.PLAIN) {
    return event.valueEnd - event.valueStart === key.length && text.startsWith(key, event.valueStart);
  }
  return scalarAt(text, event) === key;
}

/** A key that comes through a merge (`<<: *base` or a list of aliases) stands where the anchor wrote it. */
function mergedStep(index: Index, value: number, key: string): Step | undefined {
  const { text, events } = index;
  const source = anchoredNode(text, events, value);
  if (events[source]?.type === EVENT_ID.MAPPING) return keyStep(index, source, key);
  if (events[source]?.type !== EVENT_ID.SEQUENCE) return undefined;
  for (let at = source + 1; at < events.length && events[at]?.type !== EVENT_ID.POP; at = after(index, at)) {
    const step = mergedStep(index, at, key);
    if (step !== undefined) return step;
  }
  return undefined;
}
