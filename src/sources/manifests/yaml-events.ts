// Walking js-yaml's flat event stream: subtree ends, keys, anchors, expanded size.

import { EVENT_ID, getScalarValue, type Event } from "js-yaml";

/** For each event, the index just after its node; for the end of a node, the index after it. O(events). */
export function nodeEnds(events: readonly Event[]): Int32Array {
  const ends = new Int32Array(events.length);
  const open: number[] = [];
  for (let at = 0; at < events.length; at++) {
    ends[at] = at + 1;
    const type = events[at]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE || type === EVENT_ID.DOCUMENT) open.push(at);
    else if (type === EVENT_ID.POP) {
      const start = open.pop();
      if (start !== undefined) ends[start] = at + 1;
    }
  }
  return ends;
}

/** The scalar's value when the event is one. */
export function scalarAt(text: string, event: Event | undefined): string | undefined {
  return event?.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : undefined;
}

/** Where a node begins in the text: its quote or bracket for flow and quoted nodes; -1 for an empty one. */
export function offsetOf(event: Event | undefined): number {
  if (event === undefined) return -1;
  if (event.type === EVENT_ID.SCALAR) {
    if (event.valueStart === -1) return -1;
    const isQuoted = event.style === 2 || event.style === 3; // SCALAR_STYLE single and double quoted
    return isQuoted ? event.valueStart - 1 : event.valueStart;
  }
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart - 1 : -1;
}

/** The index of the node an alias stands for: the last anchor of its name before it. */
export function anchoredNode(text: string, events: readonly Event[], alias: number): number {
  const event = events[alias];
  if (event?.type !== EVENT_ID.ALIAS) return alias;
  const name = text.slice(event.anchorStart, event.anchorEnd);
  for (let at = alias - 1; at >= 0; at--) {
    const candidate = events[at];
    if (candidate === undefined || !("anchorStart" in candidate) || candidate.type === EVENT_ID.ALIAS) continue;
    if (candidate.anchorStart !== -1 && text.slice(candidate.anchorStart, candidate.anchorEnd) === name) return at;
  }
  return alias;
}

/** Nodes after aliases are expanded; `Infinity` when an anchor contains itself. O(events). */
export function expandedSize(text: string, events: readonly Event[]): number {
  const sizes = new Map<string, number>();
  const open: { readonly anchor: string | undefined; size: number }[] = [{ anchor: undefined, size: 0 }];
  const add = (size: number): void => {
    const top = open.at(-1);
    if (top !== undefined) top.size += size;
  };
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        if (event.anchorStart !== -1) sizes.set(text.slice(event.anchorStart, event.anchorEnd), 1);
        add(1);
        break;
      case EVENT_ID.ALIAS:
        add(sizes.get(text.slice(event.anchorStart, event.anchorEnd)) ?? 1);
        break;
      case EVENT_ID.POP: {
        const node = open.pop();
        if (node === undefined) break;
        if (node.anchor !== undefined) sizes.set(node.anchor, node.size);
        add(node.size);
        break;
      }
      case EVENT_ID.DOCUMENT:
        open.push({ anchor: undefined, size: 0 });
        break;
      default: {
        const anchor = event.anchorStart === -1 ? undefined : text.slice(event.anchorStart, event.anchorEnd);
        if (anchor !== undefined) sizes.set(anchor, Infinity); // until it is closed, an alias to it is a cycle
        open.push({ anchor, size: 1 });
      }
    }
  }
  return open[0]?.size ?? 0;
}
