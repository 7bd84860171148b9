// Rules that admit far more than their pods need, measured on the pods of the input: more ports than these declare, every
// namespace, every address.

import { EVERY_FOUR } from "../address-set.ts";
import { PUBLIC } from "../doors.ts";
import { covers, intersect, isEmpty, subtract, union } from "../interval-set.ts";
import type { NetworkFault } from "../network-rule.ts";
import type { JudgedPolicy, NetworkView } from "../network-view.ts";
import type { PeerSet } from "../peer-set.ts";
import type { ClassId } from "../pod-classes.ts";
import type { Peer, PodPeer, Rule } from "../policy.ts";
import { ALL_PORTS, NO_PORTS, PROTOCOLS, portRange, rangesOf, type PortSet } from "../port-set.ts";
import { portsArgument } from "../ports-argument.ts";
import { declaredByAll } from "./container-ports.ts";
import { flowYaml } from "./flow-yaml.ts";
import { contentKey, createKeys, evidenceOf, placeText, shortList, type RulePlace } from "./place.ts";
import type { Measure } from "./presence.ts";
import { isWithinInput, podsNamed, rulesToday, type RuleToday } from "./today.ts";
import { qualityOf } from "./view.ts";

const NOBODY: Measure = { workloads: 0, namespaces: 0 };
/** Fewer ports than this beyond those declared are taken for a margin. */
const WIDE = 100;
/** With more ports than this a list is no better than a range. */
const MOST_PORTS = 10;

/** Rules with every port, or wide ranges, for pods that all declare their few ports. */
export function* widerPorts(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const keys = createKeys();
  for (const rule of rulesToday(judged, view)) {
    const written = rule.compiled.rule;
    const opened = openedPorts(written);
    if (opened === undefined || (written.ports === "any" && admitsAnybody(written))) continue; // rules of their own
    const destinations = rule.direction === "ingress" ? rule.subjects : podPeers(view, rule);
    const declared = destinations === undefined ? undefined : declaredAt(view, rule, destinations);
    if (declared === undefined || sizeOf(subtract(opened, declared)) < WIDE) continue;
    const needed = intersect(declared, opened);
    if (isEmpty(needed) || sizeOf(needed) > MOST_PORTS) continue;
    const place = placeOf(rule);
    const values = { ports: portsArgument(opened), declared: portsArgument(needed), narrower: portsYaml(needed) };
    const peers = breadthOf(view, rule);
    if (peers.workloads === 0) continue;
    const evidence = [evidenceOf(place)];
    yield { key: keys(contentKey(place)), arguments: { place: placeText(place), ...values, ...peers }, evidence };
  }
}

/** The wide ranges of a rule; `undefined` where it names its ports one by one. */
function openedPorts({ ports }: Rule): PortSet | undefined {
  if (ports === "any") return ALL_PORTS;
  let wide: PortSet | undefined;
  for (const port of ports) {
    if (port.kind === "numbers" && sizeOf(port.ports) >= WIDE) wide = union(wide ?? NO_PORTS, port.ports);
  }
  return wide;
}

function sizeOf(set: PortSet): number {
  let size = 0;
  for (let at = 0; at + 1 < set.length; at += 2) size += (set[at + 1] ?? 0) - (set[at] ?? 0);
  return size;
}

function portsYaml(set: PortSet): string {
  const entries = PROTOCOLS.flatMap((protocol) =>
    rangesOf(set, protocol).map(([first, last]) => ({
      ...(protocol === "TCP" ? {} : { protocol }),
      port: first,
      ...(last > first && { endPort: last }),
    })),
  );
  return flowYaml(entries);
}

/** The pods a rule leads to, where all of its peers are pods and some of the input are meant. */
function podPeers(view: NetworkView, rule: RuleToday): readonly ClassId[] | undefined {
  if (rule.compiled.isForEveryone) return undefined;
  const lists = [...rule.compiled.peers.keys()].map((peer) =>
    isWithinInput(rule, peer) ? podsNamed(view, rule, peer) : undefined,
  );
  return lists.includes(undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))];
}

function placeOf({ policy, direction, compiled }: RuleToday): RulePlace {
  return { policy, direction, rule: compiled.rule };
}

const declarations = new WeakMap<NetworkView, Map<PeerSet, PortSet | undefined>>();

/** What all pods declare that a rule leads to; for ingress once per subject. */
function declaredAt(view: NetworkView, rule: RuleToday, destinations: readonly ClassId[]): PortSet | undefined {
  const { presence } = qualityOf(view);
  if (rule.direction === "egress") return declaredByAll(presence.workloadsIn(destinations));
  let known = declarations.get(view);
  if (known === undefined) declarations.set(view, (known = new Map<PeerSet, PortSet | undefined>()));
  if (!known.has(rule.subject)) known.set(rule.subject, declaredByAll(presence.workloadsIn(destinations)));
  return known.get(rule.subject);
}

/** The workloads of the input that are peers of a rule. */
function breadthOf(view: NetworkView, { compiled }: RuleToday): Measure {
  const { presence } = qualityOf(view);
  if (compiled.isForEveryone) return everybody(view);
  const sets = compiled.peers.flatMap((peer) => (peer.kind === "pods" ? [peer.set] : []));
  const [only] = sets;
  if (only !== undefined && sets.length === 1) return presence.measureOf(only);
  return presence.measure(new Set(sets.flatMap((set) => presence.of(set))));
}

const everybodyIn = new WeakMap<NetworkView, Measure>();

function everybody(view: NetworkView): Measure {
  const { presence } = qualityOf(view);
  let found = everybodyIn.get(view);
  if (found === undefined) everybodyIn.set(view, (found = presence.measure(presence.everyClass)));
  return found;
}

function admitsAnybody({ peers }: Rule): boolean {
  return peers === "any" || peers.some((peer) => peer.kind === "addresses" && covers(peer.set, PUBLIC));
}

/** Peers that are pods of every namespace: of any label for both directions, of some label for who is let in. */
export function* everyNamespace(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const keys = createKeys();
  for (const rule of rulesToday(judged, view)) {
    const { peers } = rule.compiled.rule;
    if (peers === "any" || isNameLookup(rule)) continue;
    for (const [peer, written] of peers.entries()) {
      if (written.kind !== "pods" || !isEveryNamespace(written)) continue;
      if (rule.direction === "egress" && !isEverything(written.pods)) continue;
      const place = { ...placeOf(rule), peer };
      const compiled = rule.compiled.peers[peer];
      const values = compiled?.kind === "pods" ? qualityOf(view).presence.measureOf(compiled.set) : NOBODY;
      const evidence = [evidenceOf(place)];
      yield { key: keys(contentKey(place)), arguments: { place: placeText(place), ...values }, evidence };
    }
  }
}

function isEveryNamespace({ namespaces }: PodPeer): boolean {
  return namespaces.kind === "selected" && isEverything(namespaces.selector);
}

function isEverything({ matchLabels, matchExpressions }: PodPeer["pods"]): boolean {
  return Object.keys(matchLabels ?? {}).length === 0 && (matchExpressions ?? []).length === 0;
}

/** 53, and 5353, where OpenShift's name server listens. */
const NAME_SERVERS: PortSet = (["TCP", "UDP"] as const).flatMap((protocol) => [
  ...portRange(protocol, 53, 53),
  ...portRange(protocol, 5353, 5353),
]);

/** Out to name servers, wherever they are: usual, and nearly harmless. */
function isNameLookup({ direction, compiled: { rule } }: RuleToday): boolean {
  if (direction !== "egress" || rule.ports === "any") return false;
  return rule.ports.every((port) =>
    port.kind === "numbers" ? covers(NAME_SERVERS, port.ports) : port.name.startsWith("dns"),
  );
}

/** Rules for every IPv4 address, those of the cluster's own pods and nodes among them, on some ports. */
export function* everyAddress(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const keys = createKeys();
  for (const rule of rulesToday(judged, view)) {
    const { peers, ports } = rule.compiled.rule;
    if (ports === "any" || isNameLookup(rule)) continue;
    if (peers !== "any" && !peers.some(isEveryAddress)) continue;
    if (rule.direction === "egress" && ports.every(({ kind }) => kind === "named")) continue; // no address has names
    const place = placeOf(rule);
    const opened = ports.flatMap((port) => (port.kind === "numbers" ? portsArgument(port.ports) : port.name));
    const values = { ports: shortList(opened), ...everybody(view) };
    const evidence = [evidenceOf(place)];
    yield { key: keys(contentKey(place)), arguments: { place: placeText(place), ...values }, evidence };
  }
}

function isEveryAddress(peer: Peer): boolean {
  return peer.kind === "addresses" && covers(peer.set, EVERY_FOUR);
}
