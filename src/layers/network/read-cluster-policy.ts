// ClusterNetworkPolicy (network-policy-api apis/v1alpha2) and, by conversion, AdminNetworkPolicy and
// BaselineAdminNetworkPolicy (apis/v1alpha1). A rule with an unknown part fails closed, as the API types ask for.

import type { Resource } from "../../cluster/resource.ts";
import {
  adminNetworkPolicy,
  clusterNetworkPolicy,
  type AdminPolicyPort,
  type ClusterPolicyPeer,
  type ClusterPolicyProtocol,
  type PolicySubject,
} from "../../kubernetes/network.ts";
import type { Path } from "../../kubernetes/path.ts";
import { narrow, type Shape } from "../../kubernetes/shape.ts";
import type { AddressSet } from "./address-set.ts";
import {
  checkClusterPolicyLimits,
  type ClusterPolicyVersion,
  type WrittenRule,
  type WrittenSpec,
} from "./cluster-policy-limits.ts";
import { notesOn, type Notes } from "./diagnostic.ts";
import { union } from "./interval-set.ts";
import {
  EVERYTHING,
  rulePath,
  type Action,
  type Direction,
  type Peer,
  type PodPeer,
  type Policy,
  type PortMatch,
  type Rule,
  type Tier,
} from "./policy.ts";
import { HIGHEST_PORT, isProtocol, portRange, type Protocol } from "./port-set.ts";
import { checkName } from "./object-name.ts";
import { checkSelector, readCidr, type ReadPolicy } from "./read-network-policy.ts";

/** The Baseline tier of the older API is one object, asked after every Baseline ClusterNetworkPolicy. */
const PRIORITY_OF_BASELINE_ADMIN = 1001;
const HIGHEST_PRIORITY = 1000;

const ALL_PODS: PodPeer = {
  kind: "pods",
  namespaces: { kind: "selected", selector: EVERYTHING },
  pods: EVERYTHING,
};

interface TieredSpec extends WrittenSpec {
  readonly tier?: string | null;
  readonly priority?: number | null;
}

export function readClusterNetworkPolicy(resource: Resource): ReadPolicy {
  return read(resource, "v1alpha2", clusterNetworkPolicy, (spec, notes) => {
    const { tier } = spec;
    if (tier === "Admin" || tier === "Baseline") return { tier, priority: priorityOf(spec, notes) };
    notes.add("refused", "invalid-tier", ["spec", "tier"], { value: tier ?? "" });
    return { tier: "Admin", priority: 0 };
  });
}

export function readAdminNetworkPolicy(resource: Resource): ReadPolicy {
  return read(resource, "v1alpha1", adminNetworkPolicy, (spec, notes) => ({
    tier: "Admin",
    priority: priorityOf(spec, notes),
  }));
}

export function readBaselineAdminNetworkPolicy(resource: Resource): ReadPolicy {
  return read(resource, "v1alpha1", adminNetworkPolicy, (_, notes) => {
    if (resource.id.name !== "default") notes.add("refused", "invalid-subject", ["metadata", "name"]);
    return { tier: "Baseline", priority: PRIORITY_OF_BASELINE_ADMIN };
  });
}

function read(
  resource: Resource,
  version: ClusterPolicyVersion,
  shape: Shape<{ readonly spec?: TieredSpec | null }>,
  placeOf: (spec: TieredSpec, notes: Notes) => { readonly tier: Tier; readonly priority: number },
): ReadPolicy {
  const notes = notesOn(resource);
  const narrowed = narrow(shape, resource.object);
  if (!narrowed.ok) {
    for (const { path, expected, found } of narrowed.problems) {
      notes.add("refused", "malformed-field", path, { expected, found });
    }
    return { resource, policy: undefined, diagnostics: notes.all };
  }
  const spec = narrowed.value.spec ?? {};
  checkName(resource, notes);
  checkClusterPolicyLimits(spec, version, notes);
  const policy: Policy = {
    resource,
    ...placeOf(spec, notes),
    subject: subjectOf(spec.subject ?? {}, notes),
    ingress: (spec.ingress ?? []).map((rule, index) => ruleOf(rule ?? {}, "ingress", index, notes)),
    egress: (spec.egress ?? []).map((rule, index) => ruleOf(rule ?? {}, "egress", index, notes)),
  };
  return { resource, policy: notes.isRefused() ? undefined : policy, diagnostics: notes.all };
}

function priorityOf(spec: TieredSpec, notes: Notes): number {
  const { priority } = spec;
  if (priority == null || priority < 0 || priority > HIGHEST_PRIORITY) {
    notes.add("refused", "invalid-priority", ["spec", "priority"], { value: priority ?? "" });
  }
  return priority ?? 0;
}

function subjectOf(subject: PolicySubject, notes: Notes): PodPeer {
  const path = ["spec", "subject"];
  if ((subject.namespaces == null) === (subject.pods == null)) notes.add("refused", "invalid-subject", path);
  return podPeerOf(subject, path, notes) ?? ALL_PODS;
}

function podPeerOf(peer: PolicySubject, path: Path, notes: Notes): PodPeer | undefined {
  const namespaces = peer.namespaces ?? peer.pods?.namespaceSelector ?? EVERYTHING;
  const pods = peer.pods?.podSelector ?? EVERYTHING;
  if (peer.namespaces == null && peer.pods == null) return undefined;
  checkSelector(namespaces, path, notes);
  checkSelector(pods, path, notes);
  return { kind: "pods", namespaces: { kind: "selected", selector: namespaces }, pods };
}

function ruleOf(written: WrittenRule, direction: Direction, index: number, notes: Notes): Rule {
  const path = rulePath(direction, index);
  const action = actionOf(written.action, [...path, "action"], notes);
  const peers = peersOf(written, direction, index, notes);
  const ports = portsOf(written, path, notes);
  if (peers !== "unknown" && ports !== "unknown") return { index, action, peers, ports };
  notes.add("warning", "failed-closed", path, { action });
  if (action === "Accept") return { index, action, peers: [], ports: [], isFailedClosed: true };
  return { index, action: "Deny", peers: "any", ports: "any", isFailedClosed: true };
}

function actionOf(written: string | null | undefined, path: Path, notes: Notes): Action {
  if (written === "Accept" || written === "Allow") return "Accept"; // Allow is v1alpha1's word
  if (written === "Deny" || written === "Pass") return written;
  notes.add("refused", "invalid-action", path, { value: written ?? "" });
  return "Deny";
}

function peersOf(rule: WrittenRule, direction: Direction, index: number, notes: Notes): readonly Peer[] | "unknown" {
  const written = (direction === "ingress" ? rule.from : rule.to) ?? [];
  if (written.length === 0) notes.add("refused", "invalid-peer", rulePath(direction, index));
  const peers = written.map((peer, at) => peerOf(peer ?? {}, rulePath(direction, index, at), direction, notes));
  return peers.includes(undefined) ? "unknown" : peers.filter((peer) => peer !== undefined);
}

function peerOf(peer: ClusterPolicyPeer, path: Path, direction: Direction, notes: Notes): Peer | undefined {
  const { namespaces, pods: namespacedPods, nodes, networks, domainNames } = peer;
  const known = [namespaces, namespacedPods, ...(direction === "egress" ? [nodes, networks, domainNames] : [])];
  if (known.filter((field) => field != null).length > 1) notes.add("refused", "invalid-peer", path);
  const pods = podPeerOf({ namespaces: namespaces ?? null, pods: namespacedPods ?? null }, path, notes);
  if (pods !== undefined) return pods;
  if (direction === "ingress") return undefined;
  if (nodes != null) {
    checkSelector(nodes, [...path, "nodes"], notes);
    return { kind: "nodes", nodes };
  }
  if (networks != null) return { kind: "addresses", set: networksOf(networks, [...path, "networks"], notes) };
  if (domainNames == null) return undefined;
  notes.add("note", "domain-names", [...path, "domainNames"]);
  return { kind: "domains", names: domainNames.map((name) => name ?? "") };
}

function networksOf(networks: readonly (string | null)[], path: Path, notes: Notes): AddressSet {
  let set: AddressSet = [];
  for (const [index, text] of networks.entries()) set = union(set, readCidr(text ?? "", [...path, index], notes) ?? []);
  return set;
}

function portsOf(rule: WrittenRule, path: Path, notes: Notes): readonly PortMatch[] | "any" | "unknown" {
  const protocols = (rule.protocols ?? []).map((entry, at) =>
    protocolOf(entry ?? {}, [...path, "protocols", at], notes),
  );
  const ports = (rule.ports ?? []).map((entry, at) => portOf(entry ?? {}, [...path, "ports", at], notes));
  const all = [...protocols, ...ports];
  if (all.includes(undefined)) return "unknown";
  return all.length === 0 ? "any" : all.filter((port) => port !== undefined);
}

function protocolOf(entry: ClusterPolicyProtocol, path: Path, notes: Notes): PortMatch | undefined {
  if (entry.destinationNamedPort != null) return { kind: "named", name: entry.destinationNamedPort };
  const protocol = entry.tcp != null ? "TCP" : entry.udp != null ? "UDP" : entry.sctp != null ? "SCTP" : undefined;
  if (protocol === undefined) return undefined;
  const port = (entry.tcp ?? entry.udp ?? entry.sctp)?.destinationPort;
  if (port == null) return undefined;
  if (port.number != null) return numbers(protocol, port.number, port.number, path, notes);
  if (port.range != null) return numbers(protocol, port.range.start ?? 0, port.range.end ?? 0, path, notes);
  return undefined;
}

function portOf(entry: AdminPolicyPort, path: Path, notes: Notes): PortMatch | undefined {
  if (entry.namedPort != null) return { kind: "named", name: entry.namedPort };
  const written = entry.portNumber ?? entry.portRange;
  if (written == null) return undefined;
  const protocol = written.protocol || "TCP"; // the CRD defaults it
  if (!isProtocol(protocol)) {
    notes.add("refused", "invalid-port", path, { value: protocol });
    return undefined;
  }
  if (entry.portNumber != null)
    return numbers(protocol, entry.portNumber.port ?? 0, entry.portNumber.port ?? 0, path, notes);
  return numbers(protocol, entry.portRange?.start ?? 0, entry.portRange?.end ?? 0, path, notes);
}

function numbers(protocol: Protocol, first: number, last: number, path: Path, notes: Notes): PortMatch {
  if (first < 1 || last > HIGHEST_PORT || last < first) notes.add("refused", "invalid-port", path, { value: first });
  return { kind: "numbers", ports: portRange(protocol, first, last) };
}
