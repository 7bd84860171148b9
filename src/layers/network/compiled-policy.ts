// Policies with their selectors, ports and address blocks resolved against a world.

import type { LabelDictionary } from "./label-dictionary.ts";
import { isEmpty, union } from "./interval-set.ts";
import type { Node } from "./inventory.ts";
import { NO_NAMED_PORTS, type PortTableId, type PortTables } from "./named-ports.ts";
import type { OutcomeId, Outcomes } from "./outcome.ts";
import type { CompiledScope, PeerSet, PeerSets } from "./peer-sets.ts";
import type { Direction, Peer, PodPeer, Policy, PortMatch, Rule } from "./policy.ts";
import { ALL_PORTS, NO_PORTS, type PortSet } from "./port-set.ts";
import { addressesOf, type Vocabulary } from "./vocabulary.ts";

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

export interface CompiledPorts {
  readonly hasNames: boolean;
  /** What the ports are when the destination has this table of named ports. */
  readonly at: (table: PortTableId) => OutcomeId;
}

export interface CompileContext {
  readonly vocabulary: Vocabulary;
  readonly outcomes: Outcomes;
  readonly peerSets: PeerSets;
  readonly namespaces: ReadonlyMap<string, number>;
  readonly nodes: readonly Node[];
}

/** Compiles a policy whose words are in the vocabulary. Linear in its size; peers are matched when first asked. */
export function compilePolicy(policy: Policy, context: CompileContext): CompiledPolicy {
  const withHosts = policy.tier === "NetworkPolicy";
  const compileRules = (direction: Direction): readonly CompiledRule[] | undefined =>
    policy[direction]?.map((rule) => ({
      rule,
      isForEveryone: rule.peers === "any",
      peers: rule.peers === "any" ? [] : rule.peers.map((peer) => compilePeer(peer, withHosts, context)),
      ports: compilePorts(rule.ports, context.vocabulary.portTables, context.outcomes),
    }));
  const ingress = compileRules("ingress");
  return {
    policy,
    subject: podSet(policy.subject, withHosts, context),
    ingress,
    egress: compileRules("egress"),
    hasNamedIngressPorts: ingress?.some(({ ports }) => ports.hasNames) ?? false,
  };
}

function compilePeer(peer: Peer, withHosts: boolean, context: CompileContext): CompiledPeer {
  if (peer.kind === "pods") return { kind: "pods", set: podSet(peer, withHosts, context) };
  if (peer.kind === "domains") return { kind: "domains" };
  return { kind: "block", block: context.vocabulary.blocks.add(addressesOf(peer, context.nodes)) };
}

function podSet(peer: PodPeer, withHosts: boolean, { vocabulary, peerSets, namespaces }: CompileContext): PeerSet {
  const scope = scopeOf(peer, vocabulary.namespaceLabels, namespaces);
  return peerSets.setOf(scope, vocabulary.podLabels.compile(peer.pods), withHosts);
}

function scopeOf(peer: PodPeer, labels: LabelDictionary, namespaces: ReadonlyMap<string, number>): CompiledScope {
  return peer.namespaces.kind === "own"
    ? { kind: "own", namespace: namespaces.get(peer.namespaces.name) ?? -1 }
    : { kind: "selected", selector: labels.compile(peer.namespaces.selector) };
}

function compilePorts(ports: readonly PortMatch[] | "any", tables: PortTables, outcomes: Outcomes): CompiledPorts {
  if (ports === "any") return { hasNames: false, at: constantly(outcomes.certain(ALL_PORTS)) };
  let numbers: PortSet = NO_PORTS;
  for (const port of ports) if (port.kind === "numbers") numbers = union(numbers, port.ports);
  const named = ports.filter((port) => port.kind === "named");
  const unnamed = outcomes.certain(numbers);
  if (named.length === 0) return { hasNames: false, at: constantly(unnamed) };
  const known = new Map<PortTableId, OutcomeId>([[NO_NAMED_PORTS, unnamed]]);
  return {
    hasNames: true,
    at: (table) => {
      const found = known.get(table);
      if (found !== undefined) return found;
      let set = NO_PORTS;
      for (const match of named) set = union(set, tables.resolve(match, table));
      const result = isEmpty(set) ? unnamed : outcomes.certain(union(numbers, set));
      known.set(table, result);
      return result;
    },
  };
}

function constantly(outcome: OutcomeId): (table: PortTableId) => OutcomeId {
  return () => outcome;
}
