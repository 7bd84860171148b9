// NetworkPolicy as the API server takes it: defaulting (pkg/apis/networking/v1/defaults.go) and validation
// (pkg/apis/networking/validation/validation.go). A policy that would be refused takes no part.

import type { Resource } from "../../cluster/resource.ts";
import type { LabelSelector } from "../../kubernetes/label-selector.ts";
import { networkPolicy, type NetworkPolicyPeer, type NetworkPolicyPort } from "../../kubernetes/network.ts";
import type { Path } from "../../kubernetes/path.ts";
import { narrow } from "../../kubernetes/shape.ts";
import { parseCidr, type AddressSet } from "./address-set.ts";
import { notesOn, type NetworkDiagnostic, type Notes } from "./diagnostic.ts";
import { covers, subtract } from "./interval-set.ts";
import {
  EVERYTHING,
  rulePath,
  type Direction,
  type NamespaceScope,
  type Peer,
  type Policy,
  type PortMatch,
  type Rule,
} from "./policy.ts";
import { everyPortOf, HIGHEST_PORT, isProtocol, portRange, type Protocol } from "./port-set.ts";
import { isValidSelector } from "./selector-syntax.ts";

export interface ReadPolicy {
  readonly resource: Resource;
  /** `undefined` when the API server would refuse the object. */
  readonly policy: Policy | undefined;
  readonly diagnostics: readonly NetworkDiagnostic[];
}

/** A rule of either direction as written. */
interface WrittenRule {
  readonly peers: readonly (NetworkPolicyPeer | null)[] | null | undefined;
  readonly ports: readonly (NetworkPolicyPort | null)[] | null | undefined;
}

/** Reads a NetworkPolicy. Linear in its size. */
export function readNetworkPolicy(resource: Resource): ReadPolicy {
  const notes = notesOn(resource);
  const narrowed = narrow(networkPolicy, resource.object);
  if (!narrowed.ok) {
    for (const { path, expected, found } of narrowed.problems) {
      notes.add("refused", "malformed-field", path, { expected, found });
    }
    return { resource, policy: undefined, diagnostics: notes.all };
  }
  const spec = narrowed.value.spec ?? {};
  const ingress = (spec.ingress ?? []).map((rule): WrittenRule => ({ peers: rule?.from, ports: rule?.ports }));
  const egress = (spec.egress ?? []).map((rule): WrittenRule => ({ peers: rule?.to, ports: rule?.ports }));
  const types = policyTypesOf(spec.policyTypes, egress.length > 0, notes);
  const namespace = resource.id.namespace;
  const pods = spec.podSelector ?? EVERYTHING;
  checkSelector(pods, ["spec", "podSelector"], notes);
  const policy: Policy = {
    resource,
    tier: "NetworkPolicy",
    priority: 0,
    subject: { kind: "pods", namespaces: { kind: "own", name: namespace }, pods },
    ingress: rulesOf("ingress", ingress, types, namespace, notes),
    egress: rulesOf("egress", egress, types, namespace, notes),
  };
  return { resource, policy: notes.isRefused() ? undefined : policy, diagnostics: notes.all };
}

/** Empty: Ingress, and Egress when there are egress rules. */
function policyTypesOf(
  written: readonly (string | null)[] | null | undefined,
  hasEgressRules: boolean,
  notes: Notes,
): ReadonlySet<string> {
  const types = (written ?? []).map((type) => type ?? "");
  if (types.length === 0) return new Set(hasEgressRules ? ["Ingress", "Egress"] : ["Ingress"]);
  for (const [index, type] of types.entries()) {
    if (type !== "Ingress" && type !== "Egress") {
      notes.add("refused", "invalid-policy-type", ["spec", "policyTypes", index], { value: type });
    }
  }
  if (types.length > 2) notes.add("refused", "invalid-policy-type", ["spec", "policyTypes"], { value: types.join() });
  return new Set(types);
}

function rulesOf(
  direction: Direction,
  written: readonly WrittenRule[],
  types: ReadonlySet<string>,
  namespace: string,
  notes: Notes,
): readonly Rule[] | undefined {
  const rules = written.map((rule, index): Rule => ({
    index,
    action: "Accept",
    peers: peersOf(rule, direction, index, namespace, notes),
    ports: portsOf(rule, direction, index, notes),
  }));
  if (types.has(direction === "ingress" ? "Ingress" : "Egress")) return rules;
  if (rules.length > 0) notes.add("note", "rules-without-policy-type", ["spec", direction], { direction });
  return undefined;
}

function peersOf(
  rule: WrittenRule,
  direction: Direction,
  index: number,
  namespace: string,
  notes: Notes,
): readonly Peer[] | "any" {
  const written = rule.peers ?? [];
  if (written.length === 0) return "any";
  return written.map((peer, at) => peerOf(peer ?? {}, () => rulePath(direction, index, at), namespace, notes));
}

/** `path` is worked out where there is something to say. */
function peerOf(peer: NetworkPolicyPeer, path: () => Path, namespace: string, notes: Notes): Peer {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const hasSelector = podSelector != null || namespaceSelector != null;
  if ((ipBlock != null) === hasSelector) notes.add("refused", "invalid-peer", path());
  if (ipBlock != null) {
    return { kind: "addresses", set: blockOf(ipBlock.cidr ?? "", ipBlock.except ?? [], [...path(), "ipBlock"], notes) };
  }
  for (const field of ["podSelector", "namespaceSelector"] as const) {
    const selector = peer[field];
    if (selector != null && !isValidSelector(selector)) notes.add("refused", "invalid-selector", [...path(), field]);
  }
  const own: NamespaceScope = { kind: "own", name: namespace };
  const namespaces: NamespaceScope =
    namespaceSelector == null ? own : { kind: "selected", selector: namespaceSelector };
  return { kind: "pods", namespaces, pods: podSelector ?? EVERYTHING };
}

function blockOf(cidr: string, except: readonly (string | null)[], path: Path, notes: Notes): AddressSet {
  const whole = readCidr(cidr, [...path, "cidr"], notes);
  if (whole === undefined) return [];
  let set = whole;
  for (const [index, text] of except.entries()) {
    const part = readCidr(text ?? "", [...path, "except", index], notes);
    if (part === undefined) continue;
    if (!covers(whole, part) || covers(part, whole)) {
      notes.add("refused", "except-outside-cidr", [...path, "except", index], { cidr, except: text ?? "" });
    }
    set = subtract(set, part);
  }
  return set;
}

/** Reads a CIDR as stored objects are read, and says where a new object would be refused. */
export function readCidr(text: string, path: Path, notes: Notes): AddressSet | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) {
    notes.add("refused", "invalid-cidr", path, { value: text });
    return undefined;
  }
  if (cidr.isSloppy) notes.add("warning", "cidr-notation", path, { value: text });
  if (cidr.hasHostBits) notes.add("warning", "cidr-host-bits", path, { value: text });
  return cidr.set;
}

export function checkSelector(selector: LabelSelector, path: Path, notes: Notes): void {
  if (!isValidSelector(selector)) notes.add("refused", "invalid-selector", path);
}

function portsOf(rule: WrittenRule, direction: Direction, index: number, notes: Notes): readonly PortMatch[] | "any" {
  const written = rule.ports ?? [];
  if (written.length === 0) return "any";
  const path = (at: number): Path => [...rulePath(direction, index), "ports", at];
  return written.flatMap((port, at) => portOf(port ?? {}, () => path(at), notes));
}

const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

function portOf(entry: NetworkPolicyPort, path: () => Path, notes: Notes): readonly PortMatch[] {
  const protocol = entry.protocol ?? "TCP";
  const { port, endPort } = entry;
  if (!isProtocol(protocol)) return refusedPort(notes, [...path(), "protocol"], protocol);
  if (port == null) {
    if (endPort != null) return refusedPort(notes, [...path(), "endPort"], endPort);
    return [{ kind: "numbers", ports: everyPortOf(protocol) }];
  }
  if (typeof port === "string") {
    if (!PORT_NAME.test(port) || endPort != null) return refusedPort(notes, [...path(), "port"], port);
    return [{ kind: "named", name: port, protocol }];
  }
  return numbers(protocol, port, endPort ?? port, path, notes);
}

function numbers(protocol: Protocol, first: number, last: number, path: () => Path, notes: Notes): readonly PortMatch[] {
  if (first < 1 || first > HIGHEST_PORT) return refusedPort(notes, [...path(), "port"], first);
  if (last < first || last > HIGHEST_PORT) return refusedPort(notes, [...path(), "endPort"], last);
  return [{ kind: "numbers", ports: portRange(protocol, first, last) }];
}

function refusedPort(notes: Notes, path: Path, value: string | number): readonly PortMatch[] {
  notes.add("refused", "invalid-port", path, { value });
  return [];
}
