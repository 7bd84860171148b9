// `network generate`: default deny and the least that is needed, proved by the engine before anybody sees it.

import { keyOf } from "../../../cluster/resource-id.ts";
import type { Resource } from "../../../cluster/resource.ts";
import type { Network, Workload } from "../network.ts";
import { ALL_PORTS } from "../port-set.ts";
import { createControllerKeys } from "./controller-keys.ts";
import { defaultClusterDeny, ownerClusterPolicies } from "./cluster-network-policies.ts";
import type { Edge, NamedException, UnmetNeed } from "./edge.ts";
import { summarizeDifference, type Difference } from "./difference-summary.ts";
import { expectationOf, type Expectation } from "./expectation.ts";
import type { GeneratedPolicy, PolicyKind } from "./generated-policy.ts";
import { knownAddresses, type GivenAddresses } from "./known-addresses.ts";
import { lostAllowances, type LostAllowance } from "./lost-allowances.ts";
import { mergeNeeds } from "./merge-needs.ts";
import type { Need, UnresolvedHint } from "./need.ts";
import { proveNecessity, type NecessityProof } from "./necessity.ts";
import { defaultDeny, ownerPolicy } from "./network-policies.ts";
import { findOwners, isIsolable, type Owner } from "./owner-selector.ts";
import { DEFAULT_DENY, nameOwners } from "./policy-names.ts";
import { proveConnections, type ConnectionProof } from "./prove.ts";
import { findResolvers, STAND_IN_ID, type Resolver } from "./resolver.ts";
import { resolveNeeds } from "./resolve-need.ts";
import { planRules } from "./rules.ts";
import { findSilent, type SilentOwner } from "./silent.ts";
import { resolverNeeds } from "./standing-needs.ts";

export interface GenerateInput {
  readonly network: Network;
  /** The objects of the input, for what the network does not keep: the controllers' selectors. */
  readonly resources: Iterable<Resource>;
  readonly needs: readonly Need[];
  readonly unresolved: readonly UnresolvedHint[];
  readonly kind: PolicyKind;
  readonly addresses: GivenAddresses;
  /** Whether a namespace gets a default deny. */
  readonly isWanted: (namespace: string) => boolean;
  readonly silent: "as-today" | "closed";
}

export interface Generated {
  readonly kind: PolicyKind;
  /** With a default deny, sorted. */
  readonly namespaces: readonly string[];
  /** With workloads that policies apply to, and left as they are. */
  readonly otherNamespaces: readonly string[];
  /** By namespace, the default deny first. */
  readonly policies: readonly GeneratedPolicy[];
  readonly owners: readonly Owner[];
  /** Everything that was asked for, with name resolution. */
  readonly needs: readonly Need[];
  readonly edges: readonly Edge[];
  readonly unmet: readonly UnmetNeed[];
  readonly exceptions: readonly NamedException[];
  readonly silent: readonly SilentOwner[];
  /** NetworkPolicies of today in these namespaces: they would keep open what they open, so they go. */
  readonly superseded: readonly Resource[];
  /** Those of them that a generated policy of the same name does not replace. */
  readonly toDelete: readonly Resource[];
  /** What they allow by naming pods, and nothing needs. */
  readonly lost: readonly LostAllowance[];
  readonly resolvers: readonly Resolver[];
  readonly connections: ConnectionProof;
  readonly necessity: NecessityProof;
  readonly difference: Difference;
  /** The network as it is, and with the generated policies in place of today's. */
  readonly before: Network;
  readonly after: Network;
}

/** Namespaces of Kubernetes itself: a default deny there is for who asks for it by name. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);

/** Generates and proves. About linear in workloads and needs; the difference is O(workloads² / sharing). */
export function generatePolicies(input: GenerateInput): Generated {
  const { before, resolvers } = withResolver(input.network);
  const inhabited = [...new Set(before.workloads.filter(isIsolable).map(({ namespace }) => namespace))].sort();
  const isStandIn = (namespace: string): boolean =>
    resolvers.some(({ isAssumed, resource }) => isAssumed && resource.id.namespace === namespace) &&
    before.workloads.every(({ id, namespace: own }) => own !== namespace || id === STAND_IN_ID);
  const namespaces = inhabited.filter((namespace) => input.isWanted(namespace) && !isStandIn(namespace));
  const wanted = new Set(namespaces);
  const owners = ownersOf(before, input.resources);
  const asked = mergeNeeds(input.needs);
  const needs = mergeNeeds([...asked, ...resolverNeeds(before, asked, input.unresolved, resolvers)]);
  const addresses = knownAddresses(before, input.addresses);
  const surroundings = { network: before, ownerOf: owners.of, addresses, namespaces: wanted };
  const resolution = resolveNeeds(needs, surroundings, input.kind);
  const inScope = owners.all.filter(({ namespace }) => wanted.has(namespace));
  const silent = findSilent(before, inScope, asked, input.silent);
  const policies = writePolicies(input.kind, namespaces, inScope, resolution.edges, silent);
  const superseded = supersededIn(before, wanted);
  const replaced = new Set(policies.map(({ resource }) => keyOf(resource.id)));
  const after = before.with({
    put: policies.map(({ resource }) => resource),
    remove: superseded.map(({ id }) => id),
  });
  const isLimited = (workload: Workload): boolean => wanted.has(workload.namespace) && isIsolable(workload);
  const map = after.map();
  const expectation = expectationOf(after, resolution.edges, silent, isLimited);
  const difference = withoutStandIn(summarizeDifference(before, after, map));
  const connections = proveConnections({ network: after, map, expectation, isLimited, kind: input.kind });
  return {
    kind: input.kind,
    namespaces,
    otherNamespaces: inhabited.filter((namespace) => !wanted.has(namespace) && !isStandIn(namespace)),
    policies,
    owners: inScope,
    needs,
    ...resolution,
    silent,
    superseded,
    toDelete: superseded.filter(({ id }) => !replaced.has(keyOf(id))),
    lost: lostAllowances(before, after, superseded),
    resolvers,
    connections: input.kind === "NetworkPolicy" ? connections : withDoors(connections, difference, after, expectation),
    necessity: proveNecessity(after, policies),
    difference,
    before,
    after,
  };
}

function withResolver(network: Network): { readonly before: Network; readonly resolvers: readonly Resolver[] } {
  const ids = new Map<object, string>();
  for (const { id, pods } of network.workloads) for (const pod of pods) ids.set(pod, id);
  const resolvers = findResolvers(network, (pod) => ids.get(pod));
  const assumed = resolvers.filter(({ isAssumed }) => isAssumed).map(({ resource }) => resource);
  return { before: assumed.length === 0 ? network : network.with({ put: assumed }), resolvers };
}

interface Owners {
  readonly all: readonly Owner[];
  readonly of: (workload: Workload) => Owner | undefined;
}

function ownersOf(network: Network, resources: Iterable<Resource>): Owners {
  const keysOf = createControllerKeys(resources);
  const byNamespace = Map.groupBy(network.workloads, ({ namespace }) => namespace);
  const all = [...byNamespace.values()].flatMap((workloads) => findOwners(workloads, keysOf));
  const byWorkload = new Map(all.flatMap((owner) => owner.workloads.map((workload) => [workload.id, owner] as const)));
  return { all, of: ({ id }) => byWorkload.get(id) };
}

function writePolicies(
  kind: PolicyKind,
  namespaces: readonly string[],
  owners: readonly Owner[],
  edges: readonly Edge[],
  silent: readonly SilentOwner[],
): readonly GeneratedPolicy[] {
  const reached = edgesByOwner(edges, owners);
  const leftOpen = new Map(silent.map((one) => [one.owner, one.leftOpen]));
  const byNamespace = Map.groupBy(owners, ({ namespace }) => namespace);
  return namespaces.flatMap((namespace) => {
    const own = byNamespace.get(namespace) ?? [];
    const names = nameOwners(own, [DEFAULT_DENY]);
    const isNetworkPolicy = kind === "NetworkPolicy";
    const deny = isNetworkPolicy
      ? defaultDeny(namespace, DEFAULT_DENY)
      : defaultClusterDeny(namespace, `${namespace}.${DEFAULT_DENY}`);
    const policies = own.flatMap((owner): readonly GeneratedPolicy[] => {
      const rules = [
        ...planRules("ingress", reached.ingress.get(owner) ?? []),
        ...planRules("egress", reached.egress.get(owner) ?? []),
      ];
      const open = leftOpen.get(owner) ?? [];
      if (rules.length === 0 && open.length === 0) return [];
      const name = names.get(owner) ?? "";
      return isNetworkPolicy
        ? [ownerPolicy(owner, name, rules, open)]
        : ownerClusterPolicies(owner, `${namespace}.${name}`, rules, open);
    });
    return [deny, ...policies];
  });
}

interface EdgesByOwner {
  readonly ingress: ReadonlyMap<Owner, readonly Edge[]>;
  readonly egress: ReadonlyMap<Owner, readonly Edge[]>;
}

/** A namespace stands for each of its workloads; for whoever it may be, no rule is written. */
function edgesByOwner(edges: readonly Edge[], owners: readonly Owner[]): EdgesByOwner {
  const ingress = new Map<Owner, Edge[]>();
  const egress = new Map<Owner, Edge[]>();
  const byNamespace = Map.groupBy(owners, ({ namespace }) => namespace);
  const ownersOfPeer = (peer: Edge["from"]): readonly Owner[] => {
    if (peer.kind === "owner") return [peer.owner];
    return peer.kind === "namespace" ? (byNamespace.get(peer.name) ?? []) : [];
  };
  for (const edge of edges) {
    for (const owner of ownersOfPeer(edge.from)) addEdge(egress, owner, edge);
    for (const owner of ownersOfPeer(edge.to)) addEdge(ingress, owner, edge);
  }
  return { ingress, egress };
}

function addEdge(map: Map<Owner, Edge[]>, owner: Owner, edge: Edge): void {
  const known = map.get(owner);
  if (known === undefined) map.set(owner, [edge]);
  else known.push(edge);
}

function supersededIn({ world }: Network, namespaces: ReadonlySet<string>): readonly Resource[] {
  const found: Resource[] = [];
  for (const { resource } of world.inventory.policies.values()) {
    const { kind, group, namespace } = resource.id;
    if (kind === "NetworkPolicy" && group === "networking.k8s.io" && namespaces.has(namespace)) found.push(resource);
  }
  return found.sort((a, b) => (keyOf(a.id) < keyOf(b.id) ? -1 : 1));
}

/** Nobody has to know what opens for a pod that is not there. */
function withoutStandIn({ closed, opened }: Difference): Difference {
  return { closed, opened: opened.filter(({ from, to }) => from !== STAND_IN_ID && to !== STAND_IN_ID) };
}

/**
 * ClusterNetworkPolicies cannot close what comes from outside. Where the NetworkPolicies they take the place of did, it
 * opens, and that is no proof.
 */
function withDoors(
  proof: ConnectionProof,
  { opened }: Difference,
  { workloads }: Network,
  { inbound }: Expectation,
): ConnectionProof {
  const position = new Map(workloads.map(({ id }, number) => [id, number]));
  const doors = opened.filter(({ from, to }) => from === "external" && !inbound.has(position.get(to) ?? -1));
  return { ...proof, extra: [...proof.extra, ...doors.map((one) => ({ ...one, ports: ALL_PORTS }))] };
}
