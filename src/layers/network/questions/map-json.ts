// `network map` as JSON: every open pair, streamed; or grouped, so that workloads with equal rows are one entry.

import { formatRanges, type AddressSet } from "../address-set.ts";
import type { Connectivity } from "../connectivity.ts";
import { isEmpty, subtract } from "../interval-set.ts";
import { openQuestions, type OpenQuestion, type OutcomeId, type Outcomes } from "../outcome.ts";
import type { Network } from "../network.ts";
import type { OutsideRange } from "../outside.ts";
import { formatPorts, withoutOtherProtocols, type PortSet, type PortTexts } from "../port-set.ts";
import type { ChainLink } from "./chain.ts";
import { decidingRules, endOfSide, type Side } from "./deciding-rules.ts";

export interface MapConnection {
  readonly from: string;
  readonly to: string;
  readonly ports: PortTexts;
  /** The rules that open them, egress first; where they were asked for. */
  readonly by?: readonly ChainLink[];
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

/** The map as the parts of its JSON; the long ones are generated. O(open pairs), about 20 µs each with rules. */
export function mapJson(network: Network, withRules = false): MapJson {
  const map = network.map();
  const texts = createTexts(network.world.outcomes);
  const rulesOf = withRules ? ruleFinder(network) : undefined;
  return {
    workloads: map.workloads.map(({ id }) => id),
    externals: externalsOf(map),
    connections: () => entriesOf(map, (outcome) => texts(outcome).sure, rulesOf),
    depends: () => entriesOf(map, (outcome) => texts(outcome).question, rulesOf),
  };
}

type RuleFinder = (from: Side, to: Side, ports: PortSet) => readonly ChainLink[];

function ruleFinder(network: Network): RuleFinder {
  return (from, to, ports) => decidingRules(network, endOfSide(network, from), endOfSide(network, to), ports);
}

/** What an entry says of its outcome, and the ports it says it of. */
interface EntryText<T> {
  readonly set: PortSet;
  readonly text: T;
}

interface OutcomeTexts {
  /** Surely open; absent where nothing is. */
  readonly sure: EntryText<{ readonly ports: PortTexts }> | undefined;
  readonly question: EntryText<{ readonly ports: PortTexts; readonly on: readonly OpenQuestion[] }> | undefined;
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
      sure: hasPorts(sure) ? { set: sure, text: { ports: formatPorts(sure) } } : undefined,
      question: hasPorts(open) ? { set: open, text: question } : undefined,
    };
    known.set(outcome, made);
    return made;
  };
}

function hasPorts(set: PortSet): boolean {
  return !isEmpty(withoutOtherProtocols(set));
}

type Entry<T> = T & { readonly from: string; readonly to: string; readonly by?: readonly ChainLink[] };

function* entriesOf<T extends object>(
  map: Connectivity,
  textOf: (outcome: OutcomeId) => EntryText<T> | undefined,
  rulesOf: RuleFinder | undefined,
): Generator<Entry<T>> {
  const idOf = (position: number): string => map.workloads[position]?.id ?? "";
  const entry = (from: string, to: string, text: T, by: readonly ChainLink[] | undefined): Entry<T> =>
    by === undefined ? { from, to, ...text } : { from, to, ...text, by };
  for (const { sources, reached, outside } of map.rows()) {
    const ranges = rangesOf(outside, textOf);
    for (const source of sources) {
      const from = idOf(source);
      for (const { outcome, workloads } of reached) {
        const found = textOf(outcome);
        if (found === undefined) continue;
        for (const to of workloads) yield entry(from, idOf(to), found.text, rulesOf?.(source, to, found.set));
      }
      for (const { addresses, texts, set, text } of ranges) {
        const by = rulesOf?.(source, addresses, set);
        for (const to of texts) yield entry(from, to, text, by);
      }
    }
  }
  for (const { workloads, outside } of map.inbound()) {
    const ranges = rangesOf(outside, textOf);
    for (const to of workloads) {
      for (const { addresses, texts, set, text } of ranges) {
        const by = rulesOf?.(addresses, to, set);
        for (const from of texts) yield entry(from, idOf(to), text, by);
      }
    }
  }
}

function rangesOf<T>(outside: readonly OutsideRange[], textOf: (outcome: OutcomeId) => EntryText<T> | undefined) {
  return outside.flatMap(({ outcome, addresses }) => {
    const found = textOf(outcome);
    return found === undefined ? [] : [{ ...found, addresses, texts: formatRanges(addresses) }];
  });
}

function externalsOf(map: Connectivity): readonly string[] {
  const sets = new Set<AddressSet>();
  for (const { outside } of map.inbound()) for (const { addresses } of outside) sets.add(addresses);
  for (const { outside } of map.outbound()) for (const { addresses } of outside) sets.add(addresses);
  return [...new Set([...sets].flatMap(formatRanges))].sort();
}
