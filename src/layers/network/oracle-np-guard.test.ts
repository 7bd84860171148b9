// Connection lists recorded from netpol-analyzer, compared as sets. Where it differs from Kubernetes, the difference is
// listed with its reason; 0 unexplained.

import { expect } from "vitest";
import { readOracleLines, testWithOracle } from "../../../test/oracles/oracle.ts";
import { controllerPairs, portsOf, rangeOf, readArchive, readDirectory } from "../../../test/network/np-guard.ts";
import { resourcesIn } from "../../../test/network/resources.ts";
import { ofFamily, type AddressSet } from "./address-set.ts";
import { intersect, isEmpty, isEqual, subtract, union } from "./interval-set.ts";
import { createNetwork, type Network } from "./network.ts";
import differences from "./np-guard-differences.json" with { type: "json" };
import type { OutsideRange } from "./outside.ts";
import { answerReach } from "./questions/reach-answer.ts";
import { withoutOtherProtocols, type PortSet } from "./port-set.ts";

interface Recorded {
  readonly dir: string;
  readonly json: readonly { readonly src: string; readonly dst: string; readonly conn: string }[];
}

const CONNECTIONS = "network/connections.ndjson.gz";

testWithOracle(CONNECTIONS)("135 recorded maps agree, except for the listed differences", () => {
  const archive = readArchive();
  const listed = new Map(differences.flatMap(({ dirs, reason }) => dirs.map((dir) => [dir, reason])));
  const unexplained: string[] = [];
  const superfluous = new Set(listed.keys());
  let count = 0;
  for (const recorded of readOracleLines<Recorded>(CONNECTIONS)) {
    count++;
    const network = createNetwork(readDirectory(archive, `tests/${recorded.dir}/`));
    const wrong = compare(tableOf(network), recordedTable(recorded));
    if (wrong.length > 0 && !listed.has(recorded.dir)) unexplained.push(`${recorded.dir}: ${wrong.join("; ")}`);
    if (wrong.length > 0) superfluous.delete(recorded.dir);
  }
  expect(count).toBe(135);
  expect(unexplained).toEqual([]);
  expect([...superfluous]).toEqual([]);
});

interface ParsedObjects {
  readonly objects: readonly { readonly type: string; readonly object: object }[];
  readonly pairs: readonly { readonly src: string; readonly dst: string; readonly connections: string }[];
}

const PARSED = "network/parsed-objects.ndjson.gz";
const API_VERSIONS: Readonly<Record<string, string>> = {
  NetworkPolicy: "networking.k8s.io/v1",
  AdminNetworkPolicy: "policy.networking.k8s.io/v1alpha1",
  BaselineAdminNetworkPolicy: "policy.networking.k8s.io/v1alpha1",
};

testWithOracle(PARSED)("41 pairs of 23 parsed object sets agree", () => {
  const wrong: unknown[] = [];
  let count = 0;
  for (const { objects, pairs } of readOracleLines<ParsedObjects>(PARSED)) {
    const typed = objects.map(({ type, object }) =>
      Object.assign({ apiVersion: API_VERSIONS[type] ?? "v1", kind: type }, object),
    );
    const network = createNetwork(resourcesIn(typed));
    for (const { src, dst, connections } of pairs) {
      count++;
      const answer = answerReach(network, src, dst, undefined);
      const ports = answer.kind === "answer" ? answer.answer.ports : undefined;
      const expected = portsOf(connections);
      const isRight = ports === "all" ? connections === "All Connections" : isEqual(textsToSet(ports ?? {}), expected);
      if (!isRight) wrong.push({ src, dst, connections, ports });
    }
  }
  expect(count).toBe(41);
  expect(wrong).toEqual([]);
});

function textsToSet(texts: Readonly<Record<string, string>>): PortSet {
  let set: PortSet = [];
  for (const [protocol, ranges] of Object.entries(texts)) set = union(set, portsOf(`${protocol} ${ranges}`));
  return set;
}

/** `from => to` with ports, and per workload and direction the ports of each range outside. */
interface Table {
  readonly pairs: ReadonlyMap<string, PortSet>;
  readonly outside: ReadonlyMap<string, readonly { readonly addresses: AddressSet; readonly ports: PortSet }[]>;
}

function tableOf(network: Network): Table {
  const { outcomes } = network.world;
  const map = network.map();
  const pairs = new Map<string, PortSet>();
  const outside = new Map<string, { addresses: AddressSet; ports: PortSet }[]>();
  const idOf = (position: number): string => map.workloads[position]?.id ?? "";
  const surely = (outcome: number): PortSet => withoutOtherProtocols(outcomes.sureOf(outcome));
  const add = (key: string, ranges: readonly OutsideRange[]): void => {
    const inFour = ranges.map(({ outcome, addresses }) => ({
      addresses: ofFamily(addresses, 4),
      ports: surely(outcome),
    }));
    outside.set(key, inFour);
  };
  for (const { sources, reached, outside: ranges } of map.rows()) {
    const pairsOf = (source: number) =>
      reached.flatMap(({ outcome, workloads }) => [...workloads].map((to) => [source, to, surely(outcome)] as const));
    for (const [from, to, ports] of [...sources].flatMap(pairsOf)) {
      if (from !== to && !isEmpty(ports)) pairs.set(`${idOf(from)} => ${idOf(to)}`, ports);
    }
    for (const source of sources) add(`${idOf(source)} =>`, ranges);
  }
  for (const { workloads, outside: ranges } of map.inbound()) {
    for (const workload of workloads) add(`=> ${idOf(workload)}`, ranges);
  }
  for (const [key, ports] of controllerPairs(network)) pairs.set(key, ports);
  return { pairs, outside };
}

function recordedTable({ json }: Recorded): Table {
  const pairs = new Map<string, PortSet>();
  const outside = new Map<string, { addresses: AddressSet; ports: PortSet }[]>();
  for (const { src, dst, conn } of json) {
    const ports = portsOf(conn);
    const from = rangeOf(src);
    const to = rangeOf(dst);
    if (from === undefined && to === undefined) pairs.set(`${src} => ${dst}`, ports);
    const key = from === undefined ? `${src} =>` : `=> ${dst}`;
    const addresses = from ?? to;
    if (addresses !== undefined) outside.set(key, [...(outside.get(key) ?? []), { addresses, ports }]);
  }
  return { pairs, outside };
}

function compare(ours: Table, theirs: Table): readonly string[] {
  const pairs = new Set([...ours.pairs.keys(), ...theirs.pairs.keys()]);
  const ends = new Set([...ours.outside.keys(), ...theirs.outside.keys()]);
  return [
    ...[...pairs].filter((pair) => !isEqual(ours.pairs.get(pair) ?? [], theirs.pairs.get(pair) ?? [])),
    ...[...ends].filter((end) => !isSameOutside(ours.outside.get(end) ?? [], theirs.outside.get(end) ?? [])),
  ];
}

type Ranges = readonly { readonly addresses: AddressSet; readonly ports: PortSet }[];

/** Both say the same of every IPv4 address. */
function isSameOutside(ours: Ranges, theirs: Ranges): boolean {
  const all = (ranges: Ranges): AddressSet =>
    ranges.reduce<AddressSet>((set, { addresses, ports }) => (isEmpty(ports) ? set : union(set, addresses)), []);
  const meet = ours.flatMap((one) => theirs.map((other) => [one, other] as const));
  const isAgreed = meet.every(
    ([one, other]) => isEmpty(intersect(one.addresses, other.addresses)) || isEqual(one.ports, other.ports),
  );
  return isAgreed && isEmpty(subtract(all(ours), all(theirs))) && isEmpty(subtract(all(theirs), all(ours)));
}
