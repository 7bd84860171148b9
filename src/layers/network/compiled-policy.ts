// Policies with their selectors, ports and address blocks as numbers of the vocabulary. Compiled once; valid for every
// set of pods.

import { matchSelector } from "../../kubernetes/label-selector.ts";
import { singleAddress, type AddressSet } from "./address-set.ts";
import type { CompiledPorts } from "./compiled-ports.ts";
import { union } from "./interval-set.ts";
import type { Node } from "./inventory.ts";
import type { PeerSet } from "./peer-set.ts";
import type { Direction, Peer, PodPeer, Policy, Rule } from "./policy.ts";
import { namespaceNumber, type Vocabulary } from "./vocabulary.ts";

export interface CompiledPolicy {
  readonly policy: Policy;
  readonly subject: PeerSet;
  readonly ingress: readonly CompiledRule[] | undefined;
  readonly egress: readonly CompiledRule[] | undefined;
  /** Whether the ports of ingress rules depend on the subject's named ports. */
  readonly hasNamedIngressPorts: boolean;
}

export interface CompiledRule {
  readonly rule: Rule;
  readonly isForEveryone: boolean;
  /** In the order of the object. */
  readonly peers: readonly CompiledPeer[];
  readonly ports: CompiledPorts;
}

export type CompiledPeer =
  | { readonly kind: "pods"; readonly set: PeerSet }
  | { readonly kind: "block"; readonly block: number }
  | { readonly kind: "domains" };

/** Compiles a policy; its words become part of the vocabulary. Linear in its size. */
export function compilePolicy(policy: Policy, vocabulary: Vocabulary, nodes: readonly Node[]): CompiledPolicy {
  const withHosts = policy.tier === "NetworkPolicy";
  const compileRules = (direction: Direction): readonly CompiledRule[] | undefined =>
    policy[direction]?.map((rule) => ({
      rule,
      isForEveryone: rule.peers === "any",
      peers: rule.peers === "any" ? [] : rule.peers.map((peer) => compilePeer(peer, withHosts, vocabulary, nodes)),
      ports: vocabulary.compilePorts(rule.ports),
    }));
  const ingress = compileRules("ingress");
  return {
    policy,
    subject: podSet(policy.subject, withHosts, vocabulary),
    ingress,
    egress: compileRules("egress"),
    hasNamedIngressPorts: ingress?.some(({ ports }) => ports.hasNames) ?? false,
  };
}

function compilePeer(peer: Peer, withHosts: boolean, vocabulary: Vocabulary, nodes: readonly Node[]): CompiledPeer {
  if (peer.kind === "pods") return { kind: "pods", set: podSet(peer, withHosts, vocabulary) };
  if (peer.kind === "domains") return { kind: "domains" };
  return { kind: "block", block: vocabulary.blocks.add(addressesOf(peer, nodes)) };
}

function podSet({ namespaces, pods }: PodPeer, withHosts: boolean, vocabulary: Vocabulary): PeerSet {
  const selector = vocabulary.podLabels.compile(pods);
  return namespaces.kind === "own"
    ? vocabulary.peerSets.setOf(
        { kind: "own", namespace: namespaceNumber(vocabulary, namespaces.name) },
        selector,
        withHosts,
      )
    : vocabulary.peerSets.setOf(
        { kind: "selected", selector: vocabulary.namespaceLabels.compile(namespaces.selector) },
        selector,
        withHosts,
      );
}

/** The addresses of an address peer; for a node peer, those of the nodes it selects. */
function addressesOf(peer: Peer & { readonly kind: "addresses" | "nodes" }, nodes: readonly Node[]): AddressSet {
  if (peer.kind === "addresses") return peer.set;
  let set: AddressSet = [];
  for (const { labels, addresses } of nodes) {
    if (matchSelector(peer.nodes, labels ?? {}) !== "match") continue;
    for (const point of addresses) set = union(set, singleAddress(point));
  }
  return set;
}
