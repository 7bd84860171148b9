// `network diff OLD NEW` as JSON: what a change opens and closes, and the rules that decide now.

import { formatRanges } from "../address-set.ts";
import { compareMaps, type ChangedEnd, type ConnectionChange } from "../difference.ts";
import type { End } from "../end.ts";
import { isEmpty, subtract } from "../interval-set.ts";
import type { Network } from "../network.ts";
import { formatPorts, withoutOtherProtocols, type PortSet, type PortTexts } from "../port-set.ts";
import type { ChainLink } from "./chain.ts";
import { decidingRules } from "./deciding-rules.ts";

export interface DiffEntry {
  readonly from: string;
  readonly to: string;
  /** Surely open now, and not before. */
  readonly opened?: PortTexts;
  /** Surely open before, and not now. */
  readonly closed?: PortTexts;
  /** What may be open: before and now, where that changed. */
  readonly depends?: { readonly before: PortTexts; readonly after: PortTexts };
  /** The workload is on one side only. */
  readonly ends?: { readonly from?: "added" | "removed"; readonly to?: "added" | "removed" };
  /** What decides now about the first port that changed; absent where an end is gone. */
  readonly by?: readonly ChainLink[];
  /** The same about the first port that closed, where others opened. */
  readonly closedBy?: readonly ChainLink[];
}

/** The differences, streamed. `withExplanation` adds what decides in the new state. */
export function* diffEntries(before: Network, after: Network, withExplanation: boolean): Generator<DiffEntry> {
  const sides = [before, after].map((network) => ({ map: network.map(), outcomes: network.world.outcomes }));
  const [old, now] = sides;
  if (old === undefined || now === undefined) return;
  for (const change of compareMaps(old, now)) {
    const entry = entryOf(change);
    if (entry === undefined) continue;
    for (const [from, to] of pairsOf(change)) {
      yield { from, to, ...entry, ...(withExplanation ? explanationOf(after, change, entry) : {}) };
    }
  }
}

/** One pair per range outside. */
function pairsOf({ from, to }: ConnectionChange): readonly (readonly [string, string])[] {
  return namesOf(from).flatMap((source) => namesOf(to).map((target) => [source, target] as const));
}

function namesOf(end: ChangedEnd): readonly string[] {
  return end.kind === "workload" ? [end.id] : formatRanges(end.addresses);
}

function entryOf({
  from,
  to,
  before,
  after,
  opened,
  closed,
}: ConnectionChange): Omit<DiffEntry, "from" | "to"> | undefined {
  const open = withoutOtherProtocols(opened);
  const shut = withoutOtherProtocols(closed);
  const maybeBefore = withoutOtherProtocols(subtract(before.possible, before.sure));
  const maybeAfter = withoutOtherProtocols(subtract(after.possible, after.sure));
  const isMaybeChanged = maybeBefore.join() !== maybeAfter.join();
  if (isEmpty(open) && isEmpty(shut) && !isMaybeChanged) return undefined;
  const ends = { ...sideOf("from", from), ...sideOf("to", to) };
  return {
    ...(isEmpty(open) ? {} : { opened: formatPorts(opened) }),
    ...(isEmpty(shut) ? {} : { closed: formatPorts(closed) }),
    ...(isMaybeChanged ? { depends: { before: formatPorts(maybeBefore), after: formatPorts(maybeAfter) } } : {}),
    ...(Object.keys(ends).length === 0 ? {} : { ends }),
  };
}

function sideOf(side: "from" | "to", end: ChangedEnd): { readonly [side: string]: "added" | "removed" } {
  return end.kind === "workload" && end.is !== "kept" ? { [side]: end.is } : {};
}

function explanationOf(
  network: Network,
  change: ConnectionChange,
  { opened, closed }: Pick<DiffEntry, "opened" | "closed">,
): Pick<DiffEntry, "by" | "closedBy"> {
  const source = endOf(network, change.from);
  const destination = endOf(network, change.to);
  if (source === undefined || destination === undefined) return {};
  const about = (ports: PortSet): readonly ChainLink[] => decidingRules(network, source, destination, ports);
  if (opened !== undefined) return { by: about(change.opened), ...(closed && { closedBy: about(change.closed) }) };
  return { by: about(closed === undefined ? change.after.possible : change.closed) };
}

function endOf(network: Network, end: ChangedEnd): End | undefined {
  if (end.kind === "outside") return { kind: "addresses", set: end.addresses };
  const workload = network.workloadNamed(end.id);
  return workload === undefined ? undefined : { kind: "pods", pods: workload.pods };
}
