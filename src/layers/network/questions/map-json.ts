// `network map` as JSON: every open pair, streamed; or grouped, so that workloads with equal rows are one entry.

import { formatRanges, type AddressSet } from "../address-set.ts";
import type { Connectivity } from "../connectivity.ts";
import { isEmpty, subtract } from "../interval-set.ts";
import { openQuestions, type OpenQuestion, type OutcomeId, type Outcomes } from "../outcome.ts";
import type { Network } from "../network.ts";
import type { OutsideRange } from "../outside.ts";
import { formatPorts, withoutOtherProtocols, type PortSet, type PortTexts } from "../port-set.ts";

export interface MapConnection {
  readonly from: string;
  readonly to: string;
  readonly ports: PortTexts;
}

/** Open if what it depends on turns out so; ports that are surely open are in `connections`. */
export interface MapQuestion extends MapConnection {
  readonly on: readonly OpenQuestion[];
}

export interface MapJson {
  readonly workloads: readonly string[];
  /** Every range outside that some connection names. */
  readonly externals: readonly string[];
  readonly connections: () => Iterable<MapConnection>;
  readonly depends: () => Iterable<MapQuestion>;
}

/** The map as the parts of its JSON; the long ones are generated. O(open pairs). */
export function mapJson(network: Network): MapJson {
  const map = network.map();
  const texts = createTexts(network.world.outcomes);
  return {
    workloads: map.workloads.map(({ id }) => id),
    externals: externalsOf(map),
    connections: () =>
      entriesOf(
        map,
        (outcome) => texts(outcome).ports,
        (pair, ports): MapConnection => ({ ...pair, ports }),
      ),
    depends: () =>
      entriesOf(
        map,
        (outcome) => texts(outcome).question,
        (pair, question): MapQuestion => ({ ...pair, ...question }),
      ),
  };
}

interface OutcomeTexts {
  /** Surely open; absent where nothing is. */
  readonly ports: PortTexts | undefined;
  readonly question: { readonly ports: PortTexts; readonly on: readonly OpenQuestion[] } | undefined;
}

/** Texts of outcomes, made once each. Pairs where only protocols without ports are open are left out. */
function createTexts(outcomes: Outcomes): (outcome: OutcomeId) => OutcomeTexts {
  const known = new Map<OutcomeId, OutcomeTexts>();
  return (outcome) => {
    const found = known.get(outcome);
    if (found !== undefined) return found;
    const sure = outcomes.sureOf(outcome);
    const open = subtract(outcomes.possibleOf(outcome), sure);
    const question = { ports: formatPorts(open), on: openQuestions(outcomes.questionsOf(outcome)) };
    const made = {
      ports: hasPorts(sure) ? formatPorts(sure) : undefined,
      question: hasPorts(open) ? question : undefined,
    };
    known.set(outcome, made);
    return made;
  };
}

function hasPorts(set: PortSet): boolean {
  return !isEmpty(withoutOtherProtocols(set));
}

function* entriesOf<T, E>(
  map: Connectivity,
  textOf: (outcome: OutcomeId) => T | undefined,
  entry: (pair: { readonly from: string; readonly to: string }, text: T) => E,
): Generator<E> {
  const idOf = (position: number): string => map.workloads[position]?.id ?? "";
  for (const { sources, reached, outside } of map.rows()) {
    const ranges = textsOf(outside, textOf);
    for (const source of sources) {
      const from = idOf(source);
      for (const { outcome, workloads } of reached) {
        const text = textOf(outcome);
        if (text === undefined) continue;
        for (const to of workloads) yield entry({ from, to: idOf(to) }, text);
      }
      for (const { range, text } of ranges) yield entry({ from, to: range }, text);
    }
  }
  for (const { workloads, outside } of map.inbound()) {
    const ranges = textsOf(outside, textOf);
    for (const to of workloads) for (const { range, text } of ranges) yield entry({ from: range, to: idOf(to) }, text);
  }
}

function textsOf<T>(outside: readonly OutsideRange[], textOf: (outcome: OutcomeId) => T | undefined) {
  return outside.flatMap(({ outcome, addresses }) => {
    const text = textOf(outcome);
    return text === undefined ? [] : formatRanges(addresses).map((range) => ({ range, text }));
  });
}

function externalsOf(map: Connectivity): readonly string[] {
  const sets = new Set<AddressSet>();
  for (const { outside } of map.inbound()) for (const { addresses } of outside) sets.add(addresses);
  for (const { outside } of map.outbound()) for (const { addresses } of outside) sets.add(addresses);
  return [...new Set([...sets].flatMap(formatRanges))].sort();
}
