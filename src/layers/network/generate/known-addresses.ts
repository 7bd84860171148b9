// Addresses that policies need and objects seldom name: of the API server, of nodes, of names outside the cluster.

import { parseAddress } from "../address.ts";
import { parseCidr, singleAddress, type AddressSet } from "../address-set.ts";
import { INTERNET } from "../internet.ts";
import { isEmpty, union } from "../interval-set.ts";
import type { Network } from "../network.ts";

export interface KnownAddresses {
  /** Where `default/kubernetes` leads; absent when neither the input nor the user says. */
  readonly apiServer: { readonly set: AddressSet; readonly ports: readonly number[] } | undefined;
  /** Empty when not known. */
  readonly nodes: AddressSet;
  readonly domains: ReadonlyMap<string, AddressSet>;
}

/** What the user says: `api-server=10.0.0.1:6443`, `nodes=10.0.0.0/24`, `api.example.com=198.51.100.0/24,internet`. */
export interface GivenAddresses {
  readonly apiServer?: { readonly set: AddressSet; readonly ports: readonly number[] };
  readonly nodes?: AddressSet;
  readonly domains: ReadonlyMap<string, AddressSet>;
}

export const NOTHING_GIVEN: GivenAddresses = { domains: new Map() };

const API_SERVER_PORT = 6443;

/** Reads `NAME=VALUE`; `undefined` where the text is none. Values are addresses, CIDRs and `internet`, with commas. */
export function giveAddresses(given: GivenAddresses, text: string): GivenAddresses | undefined {
  const [name = "", list = ""] = text.split(/=(.*)/s);
  let set: AddressSet = [];
  const ports: number[] = [];
  for (const part of list.split(",")) {
    const read = readPart(part.trim(), name === "api-server");
    if (read === undefined) return undefined;
    set = union(set, read.set);
    if (read.port !== undefined) ports.push(read.port);
  }
  if (name === "nodes") return { ...given, nodes: union(given.nodes ?? [], set) };
  if (name === "api-server") {
    const known = given.apiServer ?? { set: [], ports: [] };
    return { ...given, apiServer: { set: union(known.set, set), ports: [...known.ports, ...ports] } };
  }
  if (!/^[a-z0-9*_-]+(\.[a-z0-9_-]+)*\.?$/i.test(name)) return undefined;
  const domain = name.toLowerCase().replace(/\.$/, "");
  return { ...given, domains: new Map([...given.domains, [domain, union(given.domains.get(domain) ?? [], set)]]) };
}

function readPart(text: string, withPort: boolean): { readonly set: AddressSet; readonly port?: number } | undefined {
  if (text === "internet") return { set: INTERNET };
  const plain = parseAddress(text);
  if (plain !== undefined) return { set: singleAddress(plain.point) };
  const cidr = parseCidr(text);
  if (cidr !== undefined) return { set: cidr.set };
  const match = withPort ? /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(text) : null;
  const address = parseAddress(match?.[1] ?? "");
  const port = Number(match?.[2]);
  return address === undefined || port < 1 || port > 65535 ? undefined : { set: singleAddress(address.point), port };
}

/** What is given goes before what the input has. */
export function knownAddresses(network: Network, given: GivenAddresses): KnownAddresses {
  return {
    apiServer: given.apiServer === undefined ? endpointsOfKubernetes(network) : withDefaultPort(given.apiServer),
    nodes: given.nodes ?? nodeAddresses(network),
    domains: given.domains,
  };
}

function withDefaultPort<T extends { readonly ports: readonly number[] }>(one: T): T {
  return one.ports.length > 0 ? one : { ...one, ports: [API_SERVER_PORT] };
}

/** The API server keeps the EndpointSlice of its own Service. */
function endpointsOfKubernetes(network: Network): KnownAddresses["apiServer"] {
  let set: AddressSet = [];
  const ports = new Set<number>();
  for (const { outside, targets } of network.services().named("default", "kubernetes")?.ports ?? []) {
    for (const { addresses, port } of outside) {
      set = union(set, addresses);
      ports.add(port);
    }
    for (const { pod, port } of targets) {
      for (const point of pod.addresses) set = union(set, singleAddress(point));
      ports.add(port);
    }
  }
  return isEmpty(set) ? undefined : { set, ports: [...ports].sort((a, b) => a - b) };
}

function nodeAddresses({ world }: Network): AddressSet {
  let set: AddressSet = [];
  for (const point of world.nodesAt.keys()) set = union(set, singleAddress(point));
  return set;
}
