// The map by groups of workloads that connect alike, as a source and as a destination: ten thousand workloads of a
// hundred kinds are a hundred nodes. Partition refinement over the rows.

import { formatRanges } from "../../layers/network/address-set.ts";
import type { Connectivity } from "../../layers/network/connectivity.ts";
import { isEmpty, subtract } from "../../layers/network/interval-set.ts";
import type { Network } from "../../layers/network/network.ts";
import { openQuestions, type OpenQuestion, type OutcomeId } from "../../layers/network/outcome.ts";
import { formatPorts, withoutOtherProtocols, type PortTexts } from "../../layers/network/port-set.ts";

export interface MapGroup {
  /** Ids of workloads; for the outside, ranges of addresses. */
  readonly members: readonly string[];
  readonly isOutside: boolean;
}

export interface GroupEdge {
  /** Positions in `groups`. */
  readonly from: number;
  readonly to: number;
  /** Surely open; absent where nothing is. */
  readonly ports: PortTexts | undefined;
  readonly depends: { readonly ports: PortTexts; readonly on: readonly OpenQuestion[] } | undefined;
}

export interface GroupedMap {
  readonly groups: readonly MapGroup[];
  readonly edges: readonly GroupEdge[];
  readonly workloads: number;
  /** Ordered pairs of workloads with something surely open, self-pairs aside. */
  readonly pairs: number;
}

/** Time about linear in the rows, memory in the groups' edges. */
export function groupMap(network: Network): GroupedMap {
  const map = network.map();
  const partition = refine(map);
  const groups: MapGroup[] = partition.groups.map((members) => ({
    members: members.map((one) => map.workloads[one]?.id ?? ""),
    isOutside: false,
  }));
  const outsides = new Map<string, number>();
  const outsideGroup = (ranges: readonly string[]): number => {
    const key = ranges.join();
    const known = outsides.get(key);
    if (known !== undefined) return known;
    outsides.set(key, groups.length);
    return groups.push({ members: ranges, isOutside: true }) - 1;
  };
  const textsOf = createEdgeTexts(network);
  const edges: GroupEdge[] = [];
  let pairs = 0;
  const add = (from: number, to: number, outcome: OutcomeId): void => {
    const texts = textsOf(outcome);
    if (texts.ports === undefined && texts.depends === undefined) return;
    edges.push({ from, to, ports: texts.ports, depends: texts.depends });
    const [sources, targets] = [groups[from], groups[to]];
    if (texts.ports === undefined || sources?.isOutside !== false || targets?.isOutside !== false) return;
    pairs += sources.members.length * (targets.members.length - (from === to ? 1 : 0));
  };
  const targetsOf = createTargets(partition);
  for (const [number, first] of partition.groups.entries()) {
    const { reached, outside } = map.row(partition.rowNumbers[first[0] ?? 0] ?? 0);
    for (const { outcome, workloads } of reached)
      for (const target of targetsOf(workloads)) add(number, target, outcome);
    for (const { outcome, addresses } of outside) add(number, outsideGroup(formatRanges(addresses)), outcome);
  }
  for (const { workloads, outside } of map.inbound()) {
    const targets = targetsOf(workloads);
    for (const { outcome, addresses } of outside)
      for (const target of targets) add(outsideGroup(formatRanges(addresses)), target, outcome);
  }
  return { groups, edges, workloads: map.workloads.length, pairs };
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
    return found;
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

function createEdgeTexts(network: Network): (outcome: OutcomeId) => Pick<GroupEdge, "ports" | "depends"> {
  const { outcomes } = network.world;
  const known = new Map<OutcomeId, Pick<GroupEdge, "ports" | "depends">>();
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
    };
    known.set(outcome, made);
    return made;
  };
}
