// Policies as boxes over every pod, namespace, label, address and port there could be, whether the input has them or
// not: what holds for boxes holds for the pods of tomorrow too.

import type { LabelSelector } from "../../../kubernetes/label-selector.ts";
import { LINE_END } from "../address.ts";
import type { AddressSet } from "../address-set.ts";
import type { CompiledPeer, CompiledPolicy } from "../compiled-policy.ts";
import { covers, isEmpty, union } from "../interval-set.ts";
import type { Direction, Peer, Policy, PortMatch, Rule } from "../policy.ts";
import { everyPortOf, PROTOCOLS, type PortSet, type Protocol } from "../port-set.ts";
import type { Axis, AxisSet, Box } from "./box.ts";
import { createLabelBoxes, joined, LABEL_END, type PodBox } from "./label-boxes.ts";

/** A rule's boxes; `undefined` for what nothing can match. */
export interface RuleBoxes {
  /** One for each peer; none where the rule is for everybody. */
  readonly peers: readonly (PodBox | undefined)[];
  readonly ports: Box | undefined;
}

export interface Space {
  /** `undefined`: no pod can ever be that. NetworkPolicies are only compared within a namespace, which is not in it. */
  readonly subject: (policy: Policy) => PodBox | undefined;
  readonly rule: (policy: Policy, direction: Direction, rule: Rule) => RuleBoxes;
}

/** Numbers of ports end far below. Each protocol has room for names; a name is a port that is not known. */
const FIRST_NAME = 2 ** 20;

/** What the peer is known by. Plugins differ on whether addresses match pods, so neither stands for the other. */
const KIND: Axis = { whole: [0, 5] };
const ADDRESSES: Axis = { whole: [0, LINE_END] };
const PORTS: Axis = { whole: [0, FIRST_NAME * (PROTOCOLS.length + 1)] };
const SELECTORS: Axis = { whole: [0, LABEL_END] };

/**
 * Axes on which different values may still be one and the same connection: a peer may have labels and an address, a
 * node may be meant by several selectors, and a name may be any number.
 */
export function unsureAxes(one: Box, other: Box): readonly Axis[] {
  return hasNames(one) || hasNames(other) ? [KIND, SELECTORS, PORTS] : [KIND, SELECTORS];
}

function hasNames(box: Box): boolean {
  const ports = box.get(PORTS);
  return ports !== undefined && (ports[ports.length - 1] ?? 0) > FIRST_NAME;
}

const EVERYTHING: Box = new Map();
const AS_PODS: PodBox = { box: new Map([[KIND, [0, 1]]]), anchors: [], labels: [] };

/** `compiledOf`: a policy as the engine has it, where it does; what it interned is boxed once. */
export function createSpace(compiledOf: (policy: Policy) => CompiledPolicy | undefined = () => undefined): Space {
  const boxes = createLabelBoxes();
  const names = new Map<string, number>();
  const points = new Map<string, number>();

  const nameOf = (protocol: Protocol, name: string): AxisSet => {
    if (!names.has(name)) names.set(name, names.size);
    const point = FIRST_NAME * (PROTOCOLS.indexOf(protocol) + 1) + (names.get(name) ?? 0);
    return [point, point + 1];
  };
  /** Equal selectors and names are equal; nothing else is known of them. */
  const pointOf = (value: object): AxisSet => {
    const text = JSON.stringify(value);
    const point = points.get(text) ?? points.size;
    points.set(text, point);
    return [point, point + 1];
  };
  const peerBox = (peer: Peer): PodBox | undefined => {
    switch (peer.kind) {
      case "pods": {
        const found = boxes.pods("peer", peer);
        return found === undefined ? undefined : joined(found, AS_PODS);
      }
      case "addresses":
        return isEmpty(peer.set) ? undefined : { ...boxOf(1, [[ADDRESSES, peer.set]]), ...placeOf(peer.set) };
      case "nodes":
        return boxOf(2, [[SELECTORS, isEmptySelector(peer.nodes) ? SELECTORS.whole : pointOf(peer.nodes)]]);
      case "domains":
        return boxOf(3, [[SELECTORS, pointOf(peer.names)]]);
    }
  };
  const portBox = (ports: readonly PortMatch[] | "any"): Box | undefined => {
    if (ports === "any") return EVERYTHING;
    let set: AxisSet = [];
    for (const port of ports) {
      if (port.kind === "numbers") set = union(set, withNames(port.ports));
      else if (port.protocol !== undefined) set = union(set, nameOf(port.protocol, port.name));
      else for (const protocol of PROTOCOLS) set = union(set, nameOf(protocol, port.name));
    }
    return isEmpty(set) ? undefined : new Map([[PORTS, set]]);
  };
  const subjectBox = ({ tier, subject }: Policy): PodBox | undefined =>
    tier === "NetworkPolicy" ? boxes.labelled("subject", subject.pods) : boxes.pods("subject", subject);
  const peers = createMemory<PodBox>();
  const portBoxes = createMemory<Box>();
  const subjects = createMemory<PodBox>();
  return {
    subject: (policy) => subjects(compiledOf(policy)?.subject, () => subjectBox(policy)),
    rule: (policy, direction, rule) => {
      const compiled = compiledOf(policy)?.[direction]?.[rule.index];
      const written = rule.peers === "any" ? [] : rule.peers;
      return {
        peers: written.map((peer, at) => peers(internedOf(compiled?.peers[at]), () => peerBox(peer))),
        ports: portBoxes(compiled?.ports, () => portBox(rule.ports)),
      };
    },
  };
}

/** What the engine interned of a peer: equal peers are one object. */
function internedOf(peer: CompiledPeer | undefined): object | undefined {
  return peer?.kind === "pods" ? peer.set : undefined;
}

/** Remembers by identity, where there is one. */
function createMemory<T>(): (key: object | undefined, make: () => T | undefined) => T | undefined {
  const known = new Map<object, T | undefined>();
  return (key, make) => {
    if (key === undefined) return make();
    let found = known.get(key);
    if (found === undefined && !known.has(key)) known.set(key, (found = make()));
    return found;
  };
}

function isEmptySelector({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return Object.keys(matchLabels ?? {}).length === 0 && (matchExpressions ?? []).length === 0;
}

function boxOf(kind: number, axes: readonly (readonly [Axis, AxisSet])[]): PodBox {
  return { box: new Map<Axis, AxisSet>([[KIND, [kind, kind + 1]], ...axes]), anchors: [], labels: [] };
}

/** IPv4 addresses that lie in one /8 stand under it. */
function placeOf(set: AddressSet): Pick<PodBox, "anchors" | "labels"> {
  const first = Number(set[0] ?? 0) >>> 24;
  const end = set[set.length - 1] ?? 0;
  const isOne = Number(set[0]) < 2 ** 32 && end <= (first + 1) * 2 ** 24;
  const labels = isOne ? [`${first}/8`] : [];
  return { anchors: labels, labels };
}

/** All ports of a protocol are also those that names stand for. */
function withNames(ports: PortSet): AxisSet {
  let set: AxisSet = ports;
  for (const [index, protocol] of PROTOCOLS.entries()) {
    if (covers(ports, everyPortOf(protocol))) set = union(set, [FIRST_NAME * (index + 1), FIRST_NAME * (index + 2)]);
  }
  return set;
}
