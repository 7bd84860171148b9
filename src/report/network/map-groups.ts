// The map by groups of workloads that connect alike, as a source and as a destination: ten thousand workloads of a
// hundred kinds are a hundred nodes. Partition refinement over the rows.

import { formatRanges, type AddressSet } from "../../layers/network/address-set.ts";
import type { Connectivity } from "../../layers/network/connectivity.ts";
import { isEmpty, isEqual, subtract } from "../../layers/network/interval-set.ts";
import type { Network } from "../../layers/network/network.ts";
import { openQuestions, type OpenQuestion, type OutcomeId } from "../../layers/network/outcome.ts";
import { ALL_PORTS, formatPorts, withoutOtherProtocols, type PortTexts } from "../../layers/network/port-set.ts";

export interface MapGroup {
  /** Ids of workloads; for the outside, ranges of addresses. */
  readonly members: readonly string[];
  readonly isOutside: boolean;
}

/** Each of some groups connects alike with each of others. */
export interface GroupLink extends LinkTexts {
  /** Positions in `groups`, rising. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly outcome: OutcomeId;
}

export interface LinkTexts {
  /** Surely open; absent where nothing is. */
  readonly ports: PortTexts | undefined;
  readonly depends: { readonly ports: PortTexts; readonly on: readonly OpenQuestion[] } | undefined;
  /** Every port that is not surely open depends. */
  readonly isRestOpen: boolean;
}

export interface GroupedMap {
  readonly groups: readonly MapGroup[];
  readonly links: readonly GroupLink[];
  readonly workloads: number;
  /** Ordered pairs of workloads with something surely open, self-pairs aside. */
  readonly pairs: number;
  readonly textsOf: (outcome: OutcomeId) => LinkTexts;
}

/** Time about linear in the rows, memory in the links. */
export function groupMap(network: Network): GroupedMap {
  const map = network.map();
  const partition = refine(map);
  const groups: MapGroup[] = partition.groups.map((members) => ({
    members: members.map((one) => map.workloads[one]?.id ?? ""),
    isOutside: false,
  }));
  const textsOf = createLinkTexts(network);
  const links = createLinks(textsOf);
  const outsideOf = createOutsideGroups(groups);
  const targetsOf = createTargets(partition);
  for (const [number, first] of partition.groups.entries()) {
    const { reached, outside } = map.row(partition.rowNumbers[first[0] ?? 0] ?? 0);
    for (const { outcome, workloads } of reached) links.add(number, targetsOf(workloads), outcome);
    for (const { outcome, addresses } of outside) links.add(number, [outsideOf(addresses)], outcome);
  }
  for (const { workloads, outside } of map.inbound()) {
    const targets = targetsOf(workloads);
    for (const { outcome, addresses } of outside) links.add(outsideOf(addresses), targets, outcome);
  }
  return { groups, links: links.all, workloads: map.workloads.length, pairs: pairsOf(links.all, groups), textsOf };
}

function createOutsideGroups(groups: MapGroup[]): (addresses: AddressSet) => number {
  const bySet = new Map<AddressSet, number>();
  const byText = new Map<string, number>();
  return (addresses) => {
    const known = bySet.get(addresses);
    if (known !== undefined) return known;
    const members = formatRanges(addresses);
    const key = members.join();
    let number = byText.get(key);
    if (number === undefined) byText.set(key, (number = groups.push({ members, isOutside: true }) - 1));
    bySet.set(addresses, number);
    return number;
  };
}

/** Links by what they lead to: sources with the same targets and ports are together. */
function createLinks(textsOf: (outcome: OutcomeId) => LinkTexts) {
  const known = new Map<string, number[]>();
  const all: GroupLink[] = [];
  return {
    all,
    add: (from: number, to: readonly number[], outcome: OutcomeId): void => {
      const texts = textsOf(outcome);
      if (to.length === 0 || (texts.ports === undefined && texts.depends === undefined)) return;
      const key = `${outcome} ${to.join()}`;
      const sources = known.get(key);
      if (sources !== undefined) {
        if (sources.at(-1) !== from) sources.push(from);
        return;
      }
      const made = [from];
      known.set(key, made);
      all.push({ from: made, to, outcome, ...texts });
    },
  };
}

function pairsOf(links: readonly GroupLink[], groups: readonly MapGroup[]): number {
  const sizeOf = (number: number): number => (groups[number]?.isOutside === false ? groups[number].members.length : 0);
  let pairs = 0;
  for (const { from, to, ports } of links) {
    if (ports === undefined) continue;
    const targets = new Set(to);
    const sum = to.reduce((all, one) => all + sizeOf(one), 0);
    for (const one of from) pairs += sizeOf(one) * (sum - (targets.has(one) ? 1 : 0));
  }
  return pairs;
}

interface Partition {
  /** Positions of workloads, by group; each rising. */
  readonly groups: readonly (readonly number[])[];
  readonly groupOf: Int32Array;
  readonly rowNumbers: Int32Array;
}

/** The groups of some workloads, each once. */
function createTargets({ groups, groupOf }: Partition): (workloads: Int32Array) => readonly number[] {
  const seenAt = new Int32Array(groups.length).fill(-1);
  let call = 0;
  return (workloads) => {
    const found: number[] = [];
    call++;
    for (const one of workloads) {
      const group = groupOf[one] ?? 0;
      if (seenAt[group] === call) continue;
      seenAt[group] = call;
      found.push(group);
    }
    return found.sort((a, b) => a - b);
  };
}

/** Splits by the row as a source, by what comes from outside, and by what each row sends. */
function refine(map: Connectivity): Partition {
  const count = map.workloads.length;
  const rowNumbers = map.rowNumbers();
  const groupOf = Int32Array.from(rowNumbers);
  let next = rowNumbers.reduce((most, one) => Math.max(most, one), -1) + 1;
  const renamedTo: number[] = [];
  const split = (parts: Iterable<Int32Array>): void => {
    for (const part of parts) {
      const start = next;
      for (const one of part) {
        const old = groupOf[one] ?? 0;
        if (old >= start) continue; // renamed by this part already
        let fresh = renamedTo[old] ?? 0;
        if (fresh < start) renamedTo[old] = fresh = next++;
        groupOf[one] = fresh;
      }
    }
  };
  for (const { workloads } of map.inbound()) split([workloads]);
  for (const { reached } of map.rows()) split(reached.map(({ workloads }) => workloads));
  const numbers = new Map<number, number>();
  const groups: number[][] = [];
  for (let one = 0; one < count; one++) {
    const old = groupOf[one] ?? 0;
    let number = numbers.get(old);
    if (number === undefined) {
      numbers.set(old, (number = groups.length));
      groups.push([]);
    }
    groupOf[one] = number;
    groups[number]?.push(one);
  }
  return { groups, groupOf, rowNumbers };
}

function createLinkTexts(network: Network): (outcome: OutcomeId) => LinkTexts {
  const { outcomes } = network.world;
  const known = new Map<OutcomeId, LinkTexts>();
  return (outcome) => {
    const found = known.get(outcome);
    if (found !== undefined) return found;
    const sure = outcomes.sureOf(outcome);
    const open = subtract(outcomes.possibleOf(outcome), sure);
    const made = {
      ports: isEmpty(withoutOtherProtocols(sure)) ? undefined : formatPorts(sure),
      depends: isEmpty(withoutOtherProtocols(open))
        ? undefined
        : { ports: formatPorts(open), on: openQuestions(outcomes.questionsOf(outcome)) },
      isRestOpen: !isEmpty(open) && isEqual(outcomes.possibleOf(outcome), ALL_PORTS),
    };
    known.set(outcome, made);
    return made;
  };
}

export interface GroupEdge extends LinkTexts {
  readonly from: number;
  readonly to: number;
}

/** One edge for each pair of groups, by source. */
export function* edgesOf({ groups, links }: Pick<GroupedMap, "groups" | "links">): Generator<GroupEdge> {
  const bySource = linksBySource({ groups, links });
  for (const [from, own] of bySource.entries()) {
    for (const link of own) for (const to of link.to) yield { ...link, from, to };
  }
}

/** The links of each group as a source. */
export function linksBySource({
  groups,
  links,
}: Pick<GroupedMap, "groups" | "links">): readonly (readonly GroupLink[])[] {
  const bySource = groups.map((): GroupLink[] => []);
  for (const link of links) for (const from of link.from) bySource[from]?.push(link);
  return bySource;
}
