// Connection lists recorded from netpol-analyzer, compared as sets. Where it differs from Kubernetes, the difference is
// listed with its reason; 0 unexplained.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { loadAll } from "js-yaml";
import { expect } from "vitest";
import type { Resource } from "../../cluster/resource.ts";
import { oraclePath, readOracleLines, testWithOracle } from "../../../test/oracles/oracle.ts";
import { resourcesIn } from "../../../test/network/resources.ts";
import { filesOfTar } from "../../../test/network/tar.ts";
import { parseAddress, pointAfter } from "./address.ts";
import { ofFamily, type AddressSet } from "./address-set.ts";
import { intersect, isEmpty, isEqual, subtract, union } from "./interval-set.ts";
import { createNetwork, type Network } from "./network.ts";
import differences from "./np-guard-differences.json" with { type: "json" };
import type { OutsideRange } from "./outside.ts";
import { answerReach } from "./questions/reach-answer.ts";
import { ALL_PORTS, isProtocol, portRange, withoutOtherProtocols, type PortSet } from "./port-set.ts";

interface Recorded {
  readonly dir: string;
  readonly json: readonly { readonly src: string; readonly dst: string; readonly conn: string }[];
}

const CONNECTIONS = "network/connections.ndjson.gz";

testWithOracle(CONNECTIONS)("135 recorded maps agree, except for the listed differences", () => {
  const archive = filesOfTar(gunzipSync(readFileSync(oraclePath("network/cases.tar.gz"))));
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

function readDirectory(archive: ReadonlyMap<string, string>, prefix: string): readonly Resource[] {
  const resources: Resource[] = [];
  for (const [path, text] of archive) {
    if (path.startsWith(prefix) && /\.(ya?ml|json)$/.test(path)) resources.push(...readText(text));
  }
  return resources;
}

function readText(text: string): readonly Resource[] {
  let documents: unknown[];
  try {
    documents = loadAll(text);
  } catch {
    return []; // some fixtures are broken on purpose
  }
  return resourcesIn(documents.flatMap(unpackList));
}

function unpackList(document: unknown): readonly unknown[] {
  const list = document as { readonly kind?: string; readonly apiVersion?: string; readonly items?: unknown[] } | null;
  if (!list?.kind?.endsWith("List") || !Array.isArray(list.items)) return [document];
  const type = { apiVersion: list.apiVersion, kind: list.kind.slice(0, -"List".length) };
  return list.items.map((item) => Object.assign({}, list.kind === "List" ? {} : type, item));
}

/** `from => to` with ports, and per workload and direction the ports of each range outside. */
interface Table {
  readonly pairs: ReadonlyMap<string, PortSet>;
  readonly outside: ReadonlyMap<string, readonly { readonly addresses: AddressSet; readonly ports: PortSet }[]>;
}

const CONTROLLER = "{ingress-controller}";

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

/** Ports that the doors with an assumed controller lead to. */
function controllerPairs(network: Network): ReadonlyMap<string, PortSet> {
  const pairs = new Map<string, PortSet>();
  const workloadOf = new Map(network.workloads.flatMap(({ id, pods }) => pods.map((pod) => [pod, id])));
  const doors = network.entryPoints().filter(({ kind }) => kind === "Ingress" || kind === "Route");
  for (const { port, targets } of doors) {
    for (const target of targets.filter(({ reach }) => reach.verdict === "allowed")) {
      const key = `${CONTROLLER} => ${workloadOf.get(target.pod) ?? ""}`;
      pairs.set(key, union(pairs.get(key) ?? [], portRange(port.protocol, target.port, target.port)));
    }
  }
  return pairs;
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

function rangeOf(peer: string): AddressSet | undefined {
  const [first = "", last = first] = /^([\d.-]+)\[External\]$/.exec(peer)?.[1]?.split("-") ?? [];
  const start = parseAddress(first);
  const end = parseAddress(last);
  return start === undefined || end === undefined ? undefined : [start.point, pointAfter(end.point)];
}

/** `TCP 80,443-450,UDP 53` */
function portsOf(text: string): PortSet {
  if (text === "All Connections") return withoutOtherProtocols(ALL_PORTS);
  let set: PortSet = [];
  let protocol = "";
  for (const part of text === "No Connections" ? [] : text.split(",")) {
    const [range = "", named = protocol] = part.split(" ").toReversed();
    const [first = "", last = first] = range.split("-");
    protocol = named;
    if (isProtocol(named)) set = union(set, portRange(named, Number(first), Number(last)));
  }
  return set;
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
