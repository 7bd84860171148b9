// Policies as boxes over every pod, namespace, label, address and port there could be, whether the input has them or
// not: what holds for boxes holds for the pods of tomorrow too.

import type { LabelSelector } from "../../../kubernetes/label-selector.ts";
import { LINE_END } from "../address.ts";
import { covers, intersect, isEmpty, subtract, union } from "../interval-set.ts";
import { createLabelDictionary, type LabelDictionary, type Requirement } from "../label-dictionary.ts";
import type { NamespaceScope, Peer, PodPeer, PortMatch } from "../policy.ts";
import { everyPortOf, PROTOCOLS, type PortSet, type Protocol } from "../port-set.ts";
import { both, type Axis, type AxisSet, type Box } from "./box.ts";

/** Which end of the connection labels are about. */
export type Side = "subject" | "peer";

export interface PodBox {
  readonly box: Box;
  /** Labels with the one value that everything in the box has. */
  readonly anchors: readonly string[];
  /** The same, and labels of which it has one of a few values. */
  readonly labels: readonly string[];
}

export interface Space {
  /** `undefined`: no pod can ever be that. */
  readonly subject: (subject: PodPeer) => PodBox | undefined;
  /** `undefined`: never matches. */
  readonly peer: (peer: Peer) => PodBox | undefined;
  /** `undefined`: no port. */
  readonly ports: (ports: readonly PortMatch[] | "any") => Box | undefined;
}

const NAMESPACE_NAME = "kubernetes.io/metadata.name";
/** A label that is not there; 0 stands for every value that no selector names. */
const ABSENT = -1;
const LABEL_END = 2 ** 30;
/** Numbers of ports end far below. Each protocol has room for names; a name is a port that is not known. */
const FIRST_NAME = 2 ** 20;
const MOST_VALUES = 4;

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

export function createSpace(): Space {
  const labels = { pods: createLabelDictionary(), namespaces: createLabelDictionary() };
  const axes = new Map<string, Axis>();
  const names = new Map<string, number>();
  const known = new Map<string, PodBox | undefined>();
  const points = new Map<string, number>();
  const nameKey = labels.namespaces.compile({ matchExpressions: [{ key: NAMESPACE_NAME, operator: "Exists" }] })
    .requirements[0]?.key;

  const axisOf = (side: Side, kind: "pods" | "namespaces", key: number): Axis => {
    const name = `${side} ${kind} ${key}`;
    let axis = axes.get(name);
    const first = kind === "namespaces" && key === nameKey ? 0 : ABSENT; // every namespace has its name
    if (axis === undefined) axes.set(name, (axis = { whole: [first, LABEL_END] }));
    return axis;
  };
  const selected = (side: Side, kind: "pods" | "namespaces", selector: LabelSelector): PodBox | undefined => {
    const dictionary: LabelDictionary = labels[kind];
    let box: Box | undefined = EVERYTHING;
    const anchors: string[] = [];
    const values: string[] = [];
    for (const requirement of dictionary.compile(selector).requirements) {
      const axis = axisOf(side, kind, requirement.key);
      const set = allowedBy(requirement, axis);
      box = box === undefined || isEmpty(set) ? undefined : both(box, new Map([[axis, set]]));
      if (requirement.operator !== "In" || requirement.values.length > MOST_VALUES) continue;
      const names = requirement.values.map((value) => `${kind} ${requirement.key} ${value}`);
      values.push(...names);
      if (names.length === 1) anchors.push(...names);
    }
    return box === undefined ? undefined : { box, anchors, labels: values };
  };
  const pods = (side: Side, { namespaces, pods: selector }: PodPeer): PodBox | undefined => {
    const scope = scopeOf(namespaces);
    const key = `${side} ${labels.namespaces.compile(scope).id} ${labels.pods.compile(selector).id}`;
    if (known.has(key)) return known.get(key);
    const where = selected(side, "namespaces", scope);
    const who = selected(side, "pods", selector);
    const made = where === undefined || who === undefined ? undefined : joined(who, where);
    known.set(key, made);
    return made;
  };
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
  return {
    subject: (subject) => pods("subject", subject),
    peer: (peer) => {
      switch (peer.kind) {
        case "pods": {
          const found = pods("peer", peer);
          return found === undefined ? undefined : joined(found, AS_PODS);
        }
        case "addresses":
          return isEmpty(peer.set) ? undefined : boxOf(1, [[ADDRESSES, peer.set]]);
        case "nodes":
          return boxOf(2, [[SELECTORS, isEmptySelector(peer.nodes) ? SELECTORS.whole : pointOf(peer.nodes)]]);
        case "domains":
          return boxOf(3, [[SELECTORS, pointOf(peer.names)]]);
      }
    },
    ports: (ports) => {
      if (ports === "any") return EVERYTHING;
      let set: AxisSet = [];
      for (const port of ports) {
        if (port.kind === "numbers") set = union(set, withNames(port.ports));
        else if (port.protocol !== undefined) set = union(set, nameOf(port.protocol, port.name));
        else for (const protocol of PROTOCOLS) set = union(set, nameOf(protocol, port.name));
      }
      return isEmpty(set) ? undefined : new Map([[PORTS, set]]);
    },
  };
}

function isEmptySelector({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return Object.keys(matchLabels ?? {}).length === 0 && (matchExpressions ?? []).length === 0;
}

function scopeOf(namespaces: NamespaceScope): LabelSelector {
  return namespaces.kind === "own" ? { matchLabels: { [NAMESPACE_NAME]: namespaces.name } } : namespaces.selector;
}

function boxOf(kind: number, axes: readonly (readonly [Axis, AxisSet])[]): PodBox {
  return { box: new Map<Axis, AxisSet>([[KIND, [kind, kind + 1]], ...axes]), anchors: [], labels: [] };
}

function joined(a: PodBox, b: PodBox): PodBox | undefined {
  const box = both(a.box, b.box);
  if (box === undefined) return undefined;
  return { box, anchors: [...a.anchors, ...b.anchors], labels: [...a.labels, ...b.labels] };
}

/** All ports of a protocol are also those that names stand for. */
function withNames(ports: PortSet): AxisSet {
  let set: AxisSet = ports;
  for (const [index, protocol] of PROTOCOLS.entries()) {
    if (covers(ports, everyPortOf(protocol))) set = union(set, [FIRST_NAME * (index + 1), FIRST_NAME * (index + 2)]);
  }
  return set;
}

/** The values a requirement takes, where {@link ABSENT} counts as one. */
function allowedBy({ operator, values }: Requirement, { whole }: Axis): AxisSet {
  const listed = values.reduce<AxisSet>((set, value) => union<number | bigint>(set, [value, value + 1]), []);
  switch (operator) {
    case "In":
      return listed;
    case "NotIn":
      return subtract(whole, listed);
    case "Exists":
      return [0, LABEL_END];
    case "DoesNotExist":
      return intersect(whole, [ABSENT, 0]);
  }
}
