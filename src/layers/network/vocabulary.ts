// What the policies of a world talk about: labels, named ports and address blocks. Pods and addresses are reduced to
// this vocabulary, so it has to be complete before they are.

import { matchSelector } from "../../kubernetes/label-selector.ts";
import { createAddressBlocks, type AddressBlocks } from "./address-blocks.ts";
import { singleAddress, type AddressSet } from "./address-set.ts";
import { union } from "./interval-set.ts";
import type { Node } from "./inventory.ts";
import { createLabelDictionary, type LabelDictionary } from "./label-dictionary.ts";
import { createPortTables, type PortTables } from "./named-ports.ts";
import type { Peer, PodPeer, Policy, PortMatch } from "./policy.ts";

export interface Vocabulary {
  readonly podLabels: LabelDictionary;
  readonly namespaceLabels: LabelDictionary;
  readonly portTables: PortTables;
  readonly blocks: AddressBlocks;
}

export function createVocabulary(): Vocabulary {
  return {
    podLabels: createLabelDictionary(),
    namespaceLabels: createLabelDictionary(),
    portTables: createPortTables(),
    blocks: createAddressBlocks(),
  };
}

/** A number that grows whenever pods or addresses reduced before may be reduced differently now. */
export function versionOf(vocabulary: Vocabulary): number {
  const { podLabels, namespaceLabels, portTables, blocks } = vocabulary;
  return podLabels.version() + namespaceLabels.version() + portTables.version() + blocks.all.length;
}

/** Takes in the words of a policy. */
export function learn(vocabulary: Vocabulary, policy: Policy, nodes: readonly Node[]): void {
  learnPods(vocabulary, policy.subject);
  for (const { peers, ports } of [...(policy.ingress ?? []), ...(policy.egress ?? [])]) {
    if (peers !== "any") for (const peer of peers) learnPeer(vocabulary, peer, nodes);
    if (ports !== "any") for (const port of ports) learnPort(vocabulary, port);
  }
}

function learnPeer(vocabulary: Vocabulary, peer: Peer, nodes: readonly Node[]): void {
  if (peer.kind === "pods") learnPods(vocabulary, peer);
  else if (peer.kind !== "domains") vocabulary.blocks.add(addressesOf(peer, nodes));
}

function learnPods({ podLabels, namespaceLabels }: Vocabulary, { namespaces, pods }: PodPeer): void {
  podLabels.compile(pods);
  if (namespaces.kind === "selected") namespaceLabels.compile(namespaces.selector);
}

function learnPort({ portTables }: Vocabulary, port: PortMatch): void {
  if (port.kind === "named") portTables.use(port.name);
}

/** The addresses of an address peer; for a node peer, those of the nodes it selects. */
export function addressesOf(peer: Peer & { readonly kind: "addresses" | "nodes" }, nodes: readonly Node[]): AddressSet {
  if (peer.kind === "addresses") return peer.set;
  let set: AddressSet = [];
  for (const { labels, addresses } of nodes) {
    if (matchSelector(peer.nodes, labels ?? {}) !== "match") continue;
    for (const point of addresses) set = union(set, singleAddress(point));
  }
  return set;
}
