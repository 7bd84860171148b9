// From what a live cluster yields to what a dump holds.

import type { ClusterEvent } from "../api/cluster-source.ts";
import type { DumpEntry } from "./write-dump.ts";

/** Objects and gaps, in the order they come. `seen` is told every event, for progress. */
export async function* dumpEntries(
  events: AsyncIterable<ClusterEvent>,
  seen: (event: ClusterEvent) => void = () => {},
): AsyncGenerator<DumpEntry, void> {
  for await (const event of events) {
    seen(event);
    if (event.kind === "gap") yield { kind: "gap", gap: event.gap };
    if (event.kind !== "objects") continue;
    for (const { object, provenance } of event.objects) {
      yield { kind: "object", object, managedFields: provenance.managedFields };
    }
  }
}
