// The words by which people name the ends of a connection: `ns/name[Kind]`, `ns/name`, `svc/ns/name`, an address, a
// CIDR, `external`, `internet`.

import { parseAddress, type AddressFamily } from "../address.ts";
import { EVERY_ADDRESS, parseCidr, singleAddress } from "../address-set.ts";
import type { End } from "../end.ts";
import { INTERNET } from "../internet.ts";
import type { Network } from "../network.ts";
import type { ServiceView } from "../services.ts";

export type NamedEnd =
  | { readonly kind: "end"; readonly end: End }
  /** `family`: of the address it was named by. */
  | { readonly kind: "service"; readonly service: ServiceView; readonly family?: AddressFamily }
  /** Nothing has the name; `nearest` are names that look like it. */
  | { readonly kind: "unknown"; readonly text: string; readonly nearest: readonly string[] }
  /** Several workloads have the name; the kind in brackets tells them apart. */
  | { readonly kind: "ambiguous"; readonly text: string; readonly candidates: readonly string[] };

/** Finds what a text names. An address of a pod is the pod. A pod's own name goes before its workload's. */
export function findEnd(network: Network, text: string): NamedEnd {
  if (text === "external") return { kind: "end", end: { kind: "addresses", set: EVERY_ADDRESS } };
  if (text === "internet") return { kind: "end", end: { kind: "addresses", set: INTERNET } };
  const address = parseAddress(text);
  if (address !== undefined) return { kind: "end", end: endAt(network, address.point) };
  const cidr = text.includes("/") ? parseCidr(text) : undefined;
  if (cidr !== undefined) return { kind: "end", end: { kind: "addresses", set: cidr.set } };
  const [first = "", second = "", third] = text.split("/");
  if (third !== undefined) return first === "svc" ? serviceNamed(network, text, second, third) : unknown(network, text);
  const workload = network.workloadNamed(text);
  if (workload !== undefined) return { kind: "end", end: { kind: "pods", pods: workload.pods } };
  const pod = network.podNamed(first, second);
  if (pod !== undefined && !pod.isTemplate) return { kind: "end", end: { kind: "pods", pods: [pod] } };
  const named = network.workloadsNamed(first, second);
  if (named.length > 1) return { kind: "ambiguous", text, candidates: named.map(({ id }) => id) };
  return named[0] === undefined ? unknown(network, text) : { kind: "end", end: { kind: "pods", pods: named[0].pods } };
}

function endAt(network: Network, point: number | bigint): End {
  const pod = network.world.podAt.get(point);
  return pod === undefined ? { kind: "addresses", set: singleAddress(point) } : { kind: "pods", pods: [pod] };
}

function serviceNamed(network: Network, text: string, namespace: string, name: string): NamedEnd {
  const service = network.services().named(namespace, name);
  if (service !== undefined) return { kind: "service", service };
  const names = network.services().all.map(({ resource: { id } }) => `svc/${id.namespace}/${id.name}`);
  return { kind: "unknown", text, nearest: nearestNames(text, names) };
}

function unknown(network: Network, text: string): NamedEnd {
  return {
    kind: "unknown",
    text,
    nearest: nearestNames(
      text,
      network.workloads.map(({ id }) => id),
    ),
  };
}

const MOST_NEAREST = 3;

/** Names that differ from the text in a quarter of its letters at most, the nearest first. */
function nearestNames(text: string, names: readonly string[]): readonly string[] {
  const wanted = bare(text);
  const most = Math.max(1, Math.floor(wanted.length / 4));
  return names
    .filter((name) => Math.abs(bare(name).length - wanted.length) <= most)
    .map((name) => ({ name, distance: editDistance(wanted, bare(name)) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_NEAREST)
    .map(({ name }) => name);
}

/** Without the kind in brackets. */
function bare(name: string): string {
  return name.replace(/\[.*$/, "");
}

/** Levenshtein. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
