// Paths of a YAML document to positions, from the events of the same reading.

import { EVENT_ID, type Event } from "js-yaml";
import type { Locator } from "../../cluster/resource.ts";
import type { Path, PathSegment } from "../../kubernetes/path.ts";
import { createPositions } from "./line-positions.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { SourceDocument } from "./source-document.ts";
import { afterNode, anchoredNode, offsetOf, scalarAt } from "./yaml-events.ts";

/**
 * Events weigh several times their text, and relations keep locators until the end of a run: so only those of the
 * document looked at last are kept, others are read from the text again.
 */
let latest: { readonly document: SourceDocument; readonly events: readonly Event[] } | undefined;

/** `root` is the index of the event where the object begins. A field's position is that of its key. */
export function createYamlLocator(document: SourceDocument, events: readonly Event[], root: number): Locator {
  latest = { document, events };
  let positionAt: ReturnType<typeof createPositions> | undefined;
  return (path) => {
    if (latest?.document !== document) latest = { document, events: parseYaml(document.text).events };
    positionAt ??= createPositions(document);
    return positionAt(offsetOfPath(document.text, latest.events, root, path));
  };
}

interface Step {
  /** Offset of the key, or of the element. */
  readonly offset: number;
  /** Index of the value's event. */
  readonly node: number;
}

function offsetOfPath(text: string, events: readonly Event[], root: number, path: Path): number {
  let offset = Math.max(0, offsetOf(events[root]));
  let node = root;
  for (const segment of path) {
    const step = stepInto(text, events, anchoredNode(text, events, node), segment);
    if (step === undefined) break;
    if (step.offset >= 0) offset = step.offset;
    node = step.node;
  }
  return offset;
}

function stepInto(text: string, events: readonly Event[], node: number, segment: PathSegment): Step | undefined {
  const type = events[node]?.type;
  if (type === EVENT_ID.SEQUENCE) return typeof segment === "number" ? elementStep(events, node, segment) : undefined;
  return type === EVENT_ID.MAPPING ? keyStep(text, events, node, String(segment)) : undefined;
}

function elementStep(events: readonly Event[], node: number, index: number): Step | undefined {
  let at = node + 1;
  for (let element = 0; at < events.length && events[at]?.type !== EVENT_ID.POP; element++) {
    if (element === index) return { offset: offsetOf(events[at]), node: at };
    at = afterNode(events, at);
  }
  return undefined;
}

function keyStep(text: string, events: readonly Event[], node: number, key: string): Step | undefined {
  let found: Step | undefined; // the last one wins, merged or not, as when the value was read
  let at = node + 1;
  while (at < events.length && events[at]?.type !== EVENT_ID.POP) {
    const name = scalarAt(text, events[at]);
    const value = afterNode(events, at);
    if (name === key) found = { offset: offsetOf(events[at]), node: value };
    else if (name === "<<") found = mergedStep(text, events, value, key) ?? found;
    at = afterNode(events, value);
  }
  return found;
}

/** A key that comes through a merge (`<<: *base` or a list of aliases) stands where the anchor wrote it. */
function mergedStep(text: string, events: readonly Event[], value: number, key: string): Step | undefined {
  const source = anchoredNode(text, events, value);
  if (events[source]?.type === EVENT_ID.MAPPING) return keyStep(text, events, source, key);
  if (events[source]?.type !== EVENT_ID.SEQUENCE) return undefined;
  for (let at = source + 1; at < events.length && events[at]?.type !== EVENT_ID.POP; at = afterNode(events, at)) {
    const step = mergedStep(text, events, at, key);
    if (step !== undefined) return step;
  }
  return undefined;
}
