// Which entries could have a part in containing another, found by the labels they ask for: with ten thousand policies
// of one namespace, each for a pod of its own, an entry is compared with a few.

import { contains, meets } from "./box.ts";
import type { Entry } from "./entry.ts";

/** Past these numbers an entry is compared with the first ones only: what is then called contained, is. */
const MOST_LOOKED_AT = 500;
const MOST_CANDIDATES = 64;

/**
 * Finds the entries that an entry meets and that a few labels do not rule out; only one where that contains it. Built in
 * O(entries).
 */
export function createCandidates(
  entries: readonly Entry[],
): (entry: Entry, isOut: (other: Entry) => boolean) => readonly Entry[] {
  const index = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = `${entry.subject.anchors[0] ?? ""}\n${entry.kind} ${entry.peers?.anchors[0] ?? ""}`;
    const list = index.get(key);
    if (list === undefined) index.set(key, [entry]);
    else list.push(entry);
  }
  return (entry, isOut) => {
    const found: Entry[] = [];
    let lookedAt = 0;
    for (const key of keysFor(entry)) {
      for (const other of index.get(key) ?? []) {
        if (lookedAt++ >= MOST_LOOKED_AT || found.length >= MOST_CANDIDATES) return found;
        if (other === entry || isOut(other) || !meets(other.box, entry.box)) continue;
        if (contains(other.box, entry.box)) return [other];
        found.push(other);
      }
    }
    return found;
  };
}

function* keysFor({ subject, kind, peers }: Entry): Generator<string> {
  const kinds = kind === "any" ? ["any "] : ["any ", `${kind} `];
  const all = [...kinds, ...(peers?.labels ?? []).map((label) => `${kind} ${label}`)];
  for (const first of ["", ...subject.labels]) for (const second of all) yield `${first}\n${second}`;
}
