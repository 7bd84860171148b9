// A map as a flat table, so that maps of different networks can be compared and differences applied.

import type { AddressSet } from "../../src/layers/network/address-set.ts";
import { compareMaps, type ChangedEnd, type ConnectionChange } from "../../src/layers/network/difference.ts";
import { isEmpty, subtract, union } from "../../src/layers/network/interval-set.ts";
import type { Network } from "../../src/layers/network/network.ts";
import type { OutsideRange } from "../../src/layers/network/outside.ts";
import type { PortSet } from "../../src/layers/network/port-set.ts";

/** `from > to` with what is surely and possibly open; pairs that are closed are absent. */
export type PairTable = Map<string, string>;
/** `from >` or `> to`, and an opening, with the addresses it holds for. */
export type OutsideTable = Map<string, AddressSet>;

export interface MapTable {
  readonly pairs: PairTable;
  readonly outside: OutsideTable;
}

function openingText(sure: PortSet, possible: PortSet): string {
  return `${sure.join()}|${possible.join()}`;
}

export function tableOf(network: Network): MapTable {
  const { outcomes } = network.world;
  const map = network.map();
  const pairs: PairTable = new Map();
  const outside: OutsideTable = new Map();
  const idOf = (position: number): string => map.workloads[position]?.id ?? "";
  const textOf = (outcome: number): string => openingText(outcomes.sureOf(outcome), outcomes.possibleOf(outcome));
  const add = (end: string, ranges: readonly OutsideRange[]): void => {
    for (const { outcome, addresses } of ranges) addRange(outside, end, textOf(outcome), addresses);
  };
  for (const { sources, reached, outside: ranges } of map.rows()) {
    for (const source of sources) {
      for (const { outcome, workloads } of reached) {
        for (const to of workloads) pairs.set(`${idOf(source)} > ${idOf(to)}`, textOf(outcome));
      }
      add(`${idOf(source)} >`, ranges);
    }
  }
  for (const { workloads, outside: ranges } of map.inbound()) {
    for (const workload of workloads) add(`> ${idOf(workload)}`, ranges);
  }
  return { pairs, outside };
}

function addRange(table: OutsideTable, end: string, opening: string, addresses: AddressSet): void {
  const key = `${end} ${opening}`;
  const sum = union(table.get(key) ?? [], addresses);
  if (isEmpty(sum)) table.delete(key);
  else table.set(key, sum);
}

export function changesBetween(before: Network, after: Network): readonly ConnectionChange[] {
  const side = (network: Network) => ({ map: network.map(), outcomes: network.world.outcomes });
  return [...compareMaps(side(before), side(after))];
}

/** The table after the changes. */
export function applyChanges({ pairs, outside }: MapTable, changes: readonly ConnectionChange[]): MapTable {
  const result: MapTable = { pairs: new Map(pairs), outside: new Map(outside) };
  for (const { from, to, before, after } of changes) {
    const old = openingText(before.sure, before.possible);
    const now = openingText(after.sure, after.possible);
    const range = from.kind === "outside" ? from.addresses : to.kind === "outside" ? to.addresses : undefined;
    if (range === undefined) {
      if (now === "|") result.pairs.delete(`${nameOf(from)} > ${nameOf(to)}`);
      else result.pairs.set(`${nameOf(from)} > ${nameOf(to)}`, now);
      continue;
    }
    const end = from.kind === "outside" ? `> ${nameOf(to)}` : `${nameOf(from)} >`;
    const key = `${end} ${old}`;
    const left = subtract(result.outside.get(key) ?? [], range);
    if (isEmpty(left)) result.outside.delete(key);
    else result.outside.set(key, left);
    if (now !== "|") addRange(result.outside, end, now, range);
  }
  return result;
}

function nameOf(end: ChangedEnd): string {
  return end.kind === "workload" ? end.id : "";
}
