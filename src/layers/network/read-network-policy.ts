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
import { everyPortOf, HIGHEST_PORT, isProtocol, portRange } from "./port-set.ts";
import { checkName } from "./object-name.ts";
import { isValidSelector } from "./selector-syntax.ts";

export interface ReadPolicy {
  readonly resource: Resource;
  /** `undefined` when the API server would refuse the object. */
  readonly policy: Policy | undefined;
  readonly diagnostics: readonly NetworkDiagnostic[];
}

/** A rule of either direction as written: `from` in one, `to` in the other. */
interface WrittenRule {
  readonly from?: readonly (NetworkPolicyPeer | null)[] | null;
  readonly to?: readonly (NetworkPolicyPeer | null)[] | null;
  readonly ports?: readonly (NetworkPolicyPort | null)[] | null;
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
  checkName(resource, notes);
  const spec = narrowed.value.spec ?? {};
  const types = policyTypesOf(spec.policyTypes, (spec.egress ?? []).length > 0, notes);
  const own: NamespaceScope = { kind: "own", name: resource.id.namespace };
  const pods = spec.podSelector ?? EVERYTHING;
  checkSelector(pods, ["spec", "podSelector"], notes);
  const policy: Policy = {
    resource,
    tier: "NetworkPolicy",
    priority: 0,
    subject: { kind: "pods", namespaces: own, pods },
    ingress: rulesOf(spec.ingress, types, { direction: "ingress", own, notes }),
    egress: rulesOf(spec.egress, types, { direction: "egress", own, notes }),
  };
  return { resource, policy: notes.isRefused() ? undefined : policy, diagnostics: notes.all };
}

/** Empty: Ingress, and Egress when there are egress rules. */
function policyTypesOf(
  written: readonly (string | null)[] | null | undefined,
  hasEgressRules: boolean,
  notes: Notes,
): Readonly<Record<Direction, boolean>> {
  if (written == null || written.length === 0) return { ingress: true, egress: hasEgressRules };
  const types = { ingress: false, egress: false };
  for (const [index, type] of written.entries()) {
    if (type === "Ingress") types.ingress = true;
    else if (type === "Egress") types.egress = true;
    else notes.add("refused", "invalid-policy-type", ["spec", "policyTypes", index], { value: type ?? "" });
  }
  if (written.length > 2) {
    notes.add("refused", "invalid-policy-type", ["spec", "policyTypes"], { value: written.join() });
  }
  return types;
}

/** Where rules are read. */
interface Context {
  readonly direction: Direction;
  /** The policy's own namespace. */
  readonly own: NamespaceScope;
  readonly notes: Notes;
}

/** A peer or a port by its position: its path is worked out where there is something to say. */
interface Place extends Context {
  readonly rule: number;
}

function rulesOf(
  written: readonly (WrittenRule | null)[] | null | undefined,
  types: Readonly<Record<Direction, boolean>>,
  { direction, own, notes }: Context,
): readonly Rule[] | undefined {
  if (written == null || written.length === 0) return types[direction] ? NO_RULES : undefined;
  const rules = written.map((rule, index): Rule => {
    const place: Place = { direction, own, notes, rule: index };
    const peers = (direction === "ingress" ? rule?.from : rule?.to) ?? [];
    return { index, action: "Accept", peers: peersOf(peers, place), ports: portsOf(rule?.ports ?? [], place) };
  });
  if (types[direction]) return rules;
  notes.add("note", "rules-without-policy-type", ["spec", direction], { direction });
  return undefined;
}

const NO_RULES: readonly Rule[] = [];

function peersOf(written: readonly (NetworkPolicyPeer | null)[], place: Place): readonly Peer[] | "any" {
  if (written.length === 0) return "any";
  return written.map((peer, at) => peerOf(peer ?? {}, at, place));
}

function peerOf(peer: NetworkPolicyPeer, at: number, { direction, rule, own, notes }: Place): Peer {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const hasSelector = podSelector != null || namespaceSelector != null;
  if ((ipBlock != null) === hasSelector) notes.add("refused", "invalid-peer", rulePath(direction, rule, at));
  if (ipBlock != null) {
    const path = [...rulePath(direction, rule, at), "ipBlock"];
    return { kind: "addresses", set: blockOf(ipBlock.cidr ?? "", ipBlock.except ?? [], path, notes) };
  }
  for (const field of ["podSelector", "namespaceSelector"] as const) {
    const selector = peer[field];
    if (selector == null || isValidSelector(selector)) continue;
    notes.add("refused", "invalid-selector", [...rulePath(direction, rule, at), field]);
  }
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

function portsOf(written: readonly (NetworkPolicyPort | null)[], place: Place): readonly PortMatch[] | "any" {
  if (written.length === 0) return "any";
  const read = written.map((port, at) => portOf(port ?? {}, at, place));
  return read.every((port) => port !== undefined) ? read : []; // refused
}

const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

function portOf(entry: NetworkPolicyPort, at: number, place: Place): PortMatch | undefined {
  const refused = (field: keyof NetworkPolicyPort, value: string | number): undefined => {
    place.notes.add("refused", "invalid-port", [...rulePath(place.direction, place.rule), "ports", at, field], {
      value,
    });
    return undefined;
  };
  const protocol = entry.protocol ?? "TCP";
  const { port, endPort } = entry;
  if (!isProtocol(protocol)) return refused("protocol", protocol);
  if (port == null) {
    if (endPort != null) return refused("endPort", endPort);
    return { kind: "numbers", ports: everyPortOf(protocol) };
  }
  if (typeof port === "string") {
    if (!PORT_NAME.test(port) || endPort != null) return refused("port", port);
    return { kind: "named", name: port, protocol };
  }
  const last = endPort ?? port;
  if (port < 1 || port > HIGHEST_PORT) return refused("port", port);
  if (last < port || last > HIGHEST_PORT) return refused("endPort", last);
  return { kind: "numbers", ports: portRange(protocol, port, last) };
}
