// Ends that logs name again and again are one object each: whoever knows the object need not look at its text.

import { ownCopy } from "../../kubernetes/own-copy.ts";
import { createBoundedMemory } from "./bounded-memory.ts";
import type { FlowEnd } from "./flow-record.ts";

const MOST_REMEMBERED = 100_000;

/** Remembers what `read` makes of a text. */
export function rememberEnds(read: (text: string) => FlowEnd | undefined): (text: string) => FlowEnd | undefined {
  const ends = createBoundedMemory<string, FlowEnd>(MOST_REMEMBERED);
  return (text) => {
    const known = ends.get(text);
    if (known !== undefined) return known;
    if (!ends.hasRoom()) return read(text);
    const own = ownCopy(text);
    const end = read(own);
    if (end === undefined) return undefined;
    const remembered = { ...end, isRemembered: true };
    ends.set(own, remembered);
    return remembered;
  };
}
