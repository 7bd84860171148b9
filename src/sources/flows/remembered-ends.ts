// Ends that logs name again and again are one object each: whoever knows the object need not look at its text.

import { ownCopy } from "../../kubernetes/own-copy.ts";
import type { FlowEnd } from "./flow-record.ts";

const MOST_REMEMBERED = 150_000;

/** Remembers what `read` makes of a text; forgets all when there are too many. */
export function rememberEnds(read: (text: string) => FlowEnd | undefined): (text: string) => FlowEnd | undefined {
  const ends = new Map<string, FlowEnd>();
  return (text) => {
    const known = ends.get(text);
    if (known !== undefined) return known;
    const own = ownCopy(text);
    const end = read(own);
    if (end === undefined) return undefined;
    const remembered = { ...end, isRemembered: true };
    if (ends.size >= MOST_REMEMBERED) ends.clear();
    ends.set(own, remembered);
    return remembered;
  };
}
