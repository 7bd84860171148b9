// What the oracles of netpol-analyzer are read with: its fixtures, its peers and its port texts.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { loadAll } from "js-yaml";
import type { Resource } from "../../src/cluster/resource.ts";
import { parseAddress, pointAfter } from "../../src/layers/network/address.ts";
import type { AddressSet } from "../../src/layers/network/address-set.ts";
import { union } from "../../src/layers/network/interval-set.ts";
import type { Network } from "../../src/layers/network/network.ts";
import {
  ALL_PORTS,
  isProtocol,
  portRange,
  withoutOtherProtocols,
  type PortSet,
} from "../../src/layers/network/port-set.ts";
import { oraclePath } from "../oracles/oracle.ts";
import { resourcesIn } from "./resources.ts";
import { filesOfTar } from "./tar.ts";

export const INDEX = "network/index.json";

/** One run of the analyzer, as the index lists them. */
export interface AnalyzerCase {
  readonly kind: "list" | "explain" | "diff" | "error";
  readonly dir: string;
  readonly dir2?: string;
  readonly format?: string;
  readonly expected?: string;
  readonly exposure?: boolean;
  readonly multipleNetworks?: unknown;
  readonly focusWorkloads?: unknown;
  readonly focusConn?: unknown;
}

export function readCases(): readonly AnalyzerCase[] {
  const index: unknown = JSON.parse(readFileSync(oraclePath(INDEX), "utf8"));
  return (Array.isArray(index) ? index : (index as { readonly cases: unknown }).cases) as readonly AnalyzerCase[]; // by its README
}

/** Files by path: inputs under `tests/`, expectations under `test_outputs/`. */
export function readArchive(): ReadonlyMap<string, string> {
  return filesOfTar(gunzipSync(readFileSync(oraclePath("network/cases.tar.gz"))));
}

export const CONTROLLER = "{ingress-controller}";

export function readDirectory(archive: ReadonlyMap<string, string>, prefix: string): readonly Resource[] {
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

/** Ports that the doors with an assumed controller lead to. */
export function controllerPairs(network: Network): ReadonlyMap<string, PortSet> {
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

export function rangeOf(peer: string): AddressSet | undefined {
  const [first = "", last = first] = /^([\d.-]+)\[External\]$/.exec(peer)?.[1]?.split("-") ?? [];
  const start = parseAddress(first);
  const end = parseAddress(last);
  return start === undefined || end === undefined ? undefined : [start.point, pointAfter(end.point)];
}

/** `TCP 80,443-450,UDP 53`, or all or none. */
export function portsOf(text: string): PortSet {
  if (text === "All Connections") return withoutOtherProtocols(ALL_PORTS);
  let set: PortSet = [];
  let protocol = "";
  for (const part of text === "No Connections" ? [] : text.split(",")) {
    const [range = "", named = protocol] = part.split(" ").toReversed();
    const [first = "", last = first] = range.split("-");
    protocol = named;
    const isNumber = /^\d+$/.test(first); // names of ports of pods that are not there yet stand for nothing
    if (isNumber && isProtocol(named)) set = union(set, portRange(named, Number(first), Number(last)));
  }
  return set;
}
