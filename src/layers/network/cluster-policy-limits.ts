// What the schemas of cluster policies refuse beyond what a reader has to look at anyway (network-policy-api config/crd
// of v1alpha2, apis/v1alpha1): how many items, exactly one protocol, no named port towards addresses.

import type {
  AdminPolicyPort,
  ClusterPolicyPeer,
  ClusterPolicyProtocol,
  PolicySubject,
} from "../../kubernetes/network.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { Notes } from "./diagnostic.ts";
import { rulePath, type Direction } from "./policy.ts";

export type ClusterPolicyVersion = "v1alpha1" | "v1alpha2";

/** A rule of either version, as far as it is looked at. */
export interface WrittenRule {
  readonly name?: string | null;
  readonly action?: string | null;
  readonly from?: readonly (ClusterPolicyPeer | null)[] | null;
  readonly to?: readonly (ClusterPolicyPeer | null)[] | null;
  readonly protocols?: readonly (ClusterPolicyProtocol | null)[] | null;
  readonly ports?: readonly (AdminPolicyPort | null)[] | null;
}

export interface WrittenSpec {
  readonly subject?: PolicySubject | null;
  readonly ingress?: readonly (WrittenRule | null)[] | null;
  readonly egress?: readonly (WrittenRule | null)[] | null;
}

const MOST_ITEMS: Readonly<Record<ClusterPolicyVersion, number>> = { v1alpha1: 100, v1alpha2: 25 };
const ALLOWING: Readonly<Record<ClusterPolicyVersion, string>> = { v1alpha1: "Allow", v1alpha2: "Accept" };
const MOST_BLOCKS = 25;
const LONGEST_NAME = 100;
/** Two labels at least; `*.` stands for the first ones. The range `A-z` is the schema's own. */
const DOMAIN_NAME = /^(\*\.)?([a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.)+[a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.?$/;

/** Notes what the API server would refuse. Linear in the policy. */
export function checkClusterPolicyLimits(spec: WrittenSpec, version: ClusterPolicyVersion, notes: Notes): void {
  if (version === "v1alpha2") checkPods(spec.subject, ["spec", "subject"], notes);
  for (const direction of ["ingress", "egress"] as const) {
    checkLength(spec[direction], MOST_ITEMS[version], ["spec", direction], notes);
    for (const [index, rule] of (spec[direction] ?? []).entries())
      checkRule(rule ?? {}, direction, index, version, notes);
  }
}

function checkRule(
  rule: WrittenRule,
  direction: Direction,
  index: number,
  version: ClusterPolicyVersion,
  notes: Notes,
): void {
  const path = rulePath(direction, index);
  const most = MOST_ITEMS[version];
  const side = direction === "ingress" ? "from" : "to";
  const field = version === "v1alpha2" ? "protocols" : "ports";
  const { action } = rule;
  if ((action === "Allow" || action === "Accept") && action !== ALLOWING[version])
    notes.add("refused", "invalid-action", [...path, "action"], { value: action });
  if ((rule.name ?? "").length > LONGEST_NAME) notes.add("refused", "invalid-name", [...path, "name"]);
  checkLength(rule[side], most, [...path, side], notes);
  checkLength(rule[field], most, [...path, field], notes);
  for (const [at, peer] of (rule[side] ?? []).entries())
    checkPeer(peer ?? {}, rulePath(direction, index, at), version, notes);
  for (const [at, entry] of (rule.protocols ?? []).entries()) checkProtocol(entry ?? {}, [...path, field, at], notes);
  for (const [at, entry] of (rule.ports ?? []).entries()) checkPort(entry ?? {}, [...path, field, at], notes);
  const named = [...(rule.protocols ?? []), ...(rule.ports ?? [])].find((entry) => nameIn(entry ?? {}) !== undefined);
  const hasAddresses = direction === "egress" && (rule.to ?? []).some((peer) => isOfAddresses(peer ?? {}));
  if (named != null && hasAddresses)
    notes.add("refused", "invalid-port", [...path, field], { value: nameIn(named) ?? "" });
}

function checkPeer(peer: ClusterPolicyPeer, path: Path, version: ClusterPolicyVersion, notes: Notes): void {
  if (version === "v1alpha2") checkPods(peer, path, notes);
  for (const field of ["networks", "domainNames"] as const) {
    if (peer[field]?.length === 0) notes.add("refused", "invalid-peer", [...path, field]);
    checkLength(peer[field], MOST_BLOCKS, [...path, field], notes);
  }
  for (const [at, name] of (peer.domainNames ?? []).entries())
    if (!DOMAIN_NAME.test(name ?? ""))
      notes.add("refused", "invalid-peer", [...path, "domainNames", at], { value: name ?? "" });
}

/** Older recordings of v1alpha1 leave the selector out; there it reads as everything. */
function checkPods(peer: PolicySubject | null | undefined, path: Path, notes: Notes): void {
  const pods = peer?.pods;
  if (pods != null && pods.podSelector == null) notes.add("refused", "invalid-selector", [...path, "pods"]);
}

function checkProtocol(
  { tcp, udp, sctp, destinationNamedPort }: ClusterPolicyProtocol,
  path: Path,
  notes: Notes,
): void {
  const given = [tcp, udp, sctp, destinationNamedPort].filter((field) => field != null);
  const { number, range } = (tcp ?? udp ?? sctp)?.destinationPort ?? {};
  const isEmptyRange = range != null && (range.start ?? 0) >= (range.end ?? 0);
  if (given.length > 1 || (number != null && range != null)) notes.add("refused", "invalid-port", path);
  else if (isEmptyRange) notes.add("refused", "invalid-port", path, { value: range.start ?? "" });
}

function checkPort({ portNumber, portRange, namedPort }: AdminPolicyPort, path: Path, notes: Notes): void {
  const given = [portNumber, portRange, namedPort].filter((field) => field != null);
  if (given.length > 1) notes.add("refused", "invalid-port", path);
}

function nameIn(entry: ClusterPolicyProtocol | AdminPolicyPort): string | undefined {
  const { destinationNamedPort, namedPort } = entry as ClusterPolicyProtocol & AdminPolicyPort; // either has one of them
  return destinationNamedPort ?? namedPort ?? undefined;
}

function isOfAddresses({ nodes, networks, domainNames }: ClusterPolicyPeer): boolean {
  return nodes != null || networks != null || domainNames != null;
}

function checkLength(list: readonly unknown[] | null | undefined, most: number, path: Path, notes: Notes): void {
  if (list != null && list.length > most) notes.add("refused", "too-many-items", path, { value: list.length });
}
