// Short hands for the objects of hand-written network tests.

import { createNetwork, type Network, type NetworkOptions } from "../../src/layers/network/network.ts";
import type { Protocol } from "../../src/layers/network/port-set.ts";
import { endOf } from "./agreement.ts";
import { resourcesOf } from "./resources.ts";

type Fields = Readonly<Record<string, unknown>>;

export function namespace(name: string, labels: Fields = {}): object {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

export interface PodFields {
  readonly labels?: Fields;
  readonly ip?: string | readonly string[];
  readonly ports?: readonly Fields[];
  readonly spec?: Fields;
  readonly status?: Fields;
  readonly owner?: Fields;
}

/** A running pod `ns/name` with an address of its own, unless `ip` is empty. */
export function pod(
  path: string,
  { labels = {}, ip, ports = [], spec = {}, status = {}, owner }: PodFields = {},
): object {
  const [inNamespace = "", name = ""] = path.split("/");
  const ips = ip === undefined ? [addressOf(path)] : typeof ip === "string" ? [ip] : ip;
  const owners = owner === undefined ? {} : { ownerReferences: [{ controller: true, ...owner }] };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: inNamespace, labels, ...owners },
    spec: { containers: [{ name: "main", image: "i", ports }], ...spec },
    status: { phase: "Running", podIPs: ips.map((one) => ({ ip: one })), ...status },
  };
}

/** An address of 10.128.0.0/9 that depends on the name only. */
function addressOf(path: string): string {
  let hash = 7;
  for (const letter of path) hash = (hash * 31 + letter.charCodeAt(0)) % 4_000_000;
  return `10.${128 + (hash >>> 16)}.${(hash >>> 8) & 255}.${hash & 255}`;
}

export function policy(path: string, spec: Fields): object {
  const [inNamespace = "", name = ""] = path.split("/");
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: inNamespace },
    spec,
  };
}

export function clusterPolicy(name: string, spec: Fields): object {
  const defaults = { tier: "Admin", priority: 1, subject: { namespaces: {} } };
  return {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name },
    spec: { ...defaults, ...spec },
  };
}

export function deployment(path: string, labels: Fields, template: Fields = {}): object {
  const [inNamespace = "", name = ""] = path.split("/");
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: inNamespace },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "i", ...template }] } },
    },
  };
}

export function service(path: string, spec: Fields): object {
  const [inNamespace = "", name = ""] = path.split("/");
  return { apiVersion: "v1", kind: "Service", metadata: { name, namespace: inNamespace }, spec };
}

export function network(objects: readonly object[], options: NetworkOptions = {}): Network {
  return createNetwork(resourcesOf(objects), options);
}

/** `allowed`, `denied`, or `depends` with what it depends on. Ends are `ns/pod` or addresses; ports `TCP/80`. */
export function verdict(objects: readonly object[] | Network, from: string, to: string, port = "TCP/80"): string {
  const asked = "reach" in objects ? objects : network(objects);
  const [protocol = "", number = ""] = port.split("/");
  const answer = asked.reach({
    source: endOf(asked, from),
    destination: endOf(asked, to),
    port: { protocol: protocol as Protocol, port: Number(number) }, // the tests write protocols
  });
  return [answer.verdict, ...answer.on].join(" ");
}

/** Which of some ports are open, in order. */
export function openPorts(objects: readonly object[], from: string, to: string, ports: readonly string[]): string[] {
  const asked = network(objects);
  return ports.filter((port) => verdict(asked, from, to, port) === "allowed");
}

/** Codes of the diagnostics, with their level. */
export function notesOf(objects: readonly object[]): string[] {
  return network(objects).diagnostics.map(({ level, code }) => `${level} ${code}`);
}
