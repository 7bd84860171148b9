// Differences recorded from netpol-analyzer between pairs of its fixtures, compared as sets; 0 unexplained.

import { expect } from "vitest";
import {
  controllerPairs,
  INDEX,
  portsOf,
  rangeOf,
  readArchive,
  readCases,
  readDirectory,
} from "../../../test/network/np-guard.ts";
import { testWithOracle } from "../../../test/oracles/oracle.ts";
import { ofFamily, type AddressSet } from "./address-set.ts";
import { compareMaps, type ChangedEnd } from "./difference.ts";
import { intersect, isEmpty, isEqual, subtract, union } from "./interval-set.ts";
import { createNetwork, type Network } from "./network.ts";
import { withoutOtherProtocols, type PortSet } from "./port-set.ts";

/** `from => to`, an end outside left out: what was and is open, with the addresses it holds for. */
type Rows = ReadonlyMap<string, readonly Row[]>;

interface Row {
  readonly change: string;
  /** Every address for pairs of workloads. */
  readonly addresses: AddressSet;
}

testWithOracle(INDEX)("32 recorded differences agree", () => {
  const archive = readArchive();
  const wrong: string[] = [];
  let count = 0;
  let rows = 0;
  for (const { kind, dir, dir2, format, expected } of readCases()) {
    if (kind !== "diff" || dir2 === undefined) continue;
    count++;
    const before = createNetwork(readDirectory(archive, `tests/${dir}/`));
    const after = createNetwork(readDirectory(archive, `tests/${dir2}/`));
    const golden = theirs(archive.get(expected ?? "") ?? "", format === "csv" ? ROW_OF_CSV : ROW_OF_TEXT);
    for (const one of golden.values()) rows += one.length;
    const found = compare(ours(before, after), golden);
    if (found.length > 0) wrong.push(`${dir} ${dir2} ${format}: ${found.join("; ")}`);
  }
  expect([count, rows]).toEqual([32, 232]);
  expect(wrong).toEqual([]);
});

const ROW_OF_CSV =
  /^(?:added|removed|changed),(?<from>[^,]+),(?<to>[^,]+),(?<was>"[^"]*"|[^,]*),(?<is>"[^"]*"|[^,]*),/gm;
const ROW_OF_TEXT =
  /^diff-type: \w+, source: (?<from>[^,]+), destination: (?<to>[^,]+), ref1: (?<was>.*?), ref2: (?<is>.*?)(?:, workloads-diff-info.*)?$/gm;

function theirs(text: string, pattern: RegExp): Rows {
  const rows = new Map<string, Row[]>();
  for (const { groups = {} } of text.matchAll(pattern)) {
    const { from = "", to = "", was = "", is = "" } = groups;
    const change = changeOf(portsOf(was.replaceAll('"', "")), portsOf(is.replaceAll('"', "")));
    const outside = rangeOf(from) ?? rangeOf(to);
    const key = `${rangeOf(from) === undefined ? from : ""} => ${rangeOf(to) === undefined ? to : ""}`;
    add(rows, key, { change, addresses: outside ?? EVERYWHERE });
  }
  return rows;
}

const EVERYWHERE: AddressSet = [0, 1];

function ours(before: Network, after: Network): Rows {
  const rows = new Map<string, Row[]>();
  const sides = [before, after].map((network) => ({ map: network.map(), outcomes: network.world.outcomes }));
  const [old, now] = sides;
  if (old === undefined || now === undefined) return rows;
  for (const { from, to, before: was, after: is } of compareMaps(old, now)) {
    const change = changeOf(withoutOtherProtocols(was.sure), withoutOtherProtocols(is.sure));
    const isSelf = from.kind === "workload" && to.kind === "workload" && from.id === to.id;
    if (change === NO_CHANGE || isSelf) continue;
    const outside = from.kind === "outside" ? from : to.kind === "outside" ? to : undefined;
    const addresses = outside === undefined ? EVERYWHERE : ofFamily(outside.addresses, 4);
    if (!isEmpty(addresses)) add(rows, `${nameOf(from)} => ${nameOf(to)}`, { change, addresses });
  }
  const [oldPairs, newPairs] = [controllerPairs(before), controllerPairs(after)];
  for (const pair of new Set([...oldPairs.keys(), ...newPairs.keys()])) {
    const change = changeOf(oldPairs.get(pair) ?? [], newPairs.get(pair) ?? []);
    if (change !== NO_CHANGE) add(rows, pair, { change, addresses: EVERYWHERE });
  }
  return rows;
}

function nameOf(end: ChangedEnd): string {
  return end.kind === "workload" ? end.id : "";
}

const NO_CHANGE = "";

function changeOf(was: PortSet, is: PortSet): string {
  return isEqual(was, is) ? NO_CHANGE : `${was.join()} > ${is.join()}`;
}

function add(rows: Map<string, Row[]>, key: string, row: Row): void {
  rows.set(key, [...(rows.get(key) ?? []), row]);
}

function compare(one: Rows, other: Rows): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (key) => !isSame(one.get(key) ?? [], other.get(key) ?? []),
  );
}

/** Both say the same of every address. */
function isSame(one: readonly Row[], other: readonly Row[]): boolean {
  const all = (rows: readonly Row[]): AddressSet =>
    rows.reduce<AddressSet>((set, { addresses }) => union(set, addresses), []);
  const isAgreed = one.every((a) =>
    other.every((b) => a.change === b.change || isEmpty(intersect(a.addresses, b.addresses))),
  );
  return isAgreed && isEmpty(subtract(all(one), all(other))) && isEmpty(subtract(all(other), all(one)));
}
