// The slow and obvious evaluator: raw objects, one packet at a time, no index, nothing shared with the engine. Where
// the API leaves a choice open, every choice is tried; if they disagree, the answer depends.

import type {
  Action,
  Labels,
  RawClusterPeer,
  RawClusterPolicy,
  RawNetworkPolicy,
  RawPeer,
  RawPod,
  RawPort,
  RawProtocol,
  RawWorld,
  Selector,
} from "./raw-objects.ts";

export interface Packet {
  /** `ns/pod` or an address. */
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  readonly protocol: string;
  readonly port: number;
}

/** An end of the packet; several addresses when it is not known which. */
interface End {
  readonly pod?: RawPod;
  readonly namespace: string;
  readonly addresses: readonly string[];
}

/** How a network plugin settles what the API leaves open. */
interface Choice {
  /** An Ingress-only NetworkPolicy says nothing about egress, so Baseline is asked. */
  readonly perDirection: boolean;
  readonly hostsAs: "pod" | "node";
}

const CHOICES: readonly Choice[] = [true, false].flatMap((perDirection) =>
  (["pod", "node"] as const).map((hostsAs) => ({ perDirection, hostsAs })),
);

/**
 * `unroutable` when an end has no address of the family. `candidates`: addresses that stand for all that a pod without
 * a known one may have.
 */
export function naiveAnswer(
  world: RawWorld,
  packet: Packet,
  candidates: readonly string[],
): "allowed" | "denied" | "depends" | "unroutable" {
  const from = endOf(world, packet.from, packet.family, candidates);
  const to = endOf(world, packet.to, packet.family, candidates);
  if (from.addresses.length === 0 || to.addresses.length === 0) return "unroutable";
  if (from.pod !== undefined && from.pod === to.pod) return "allowed";
  const answers = new Set<boolean>();
  for (const choice of CHOICES) {
    const question = { world, packet, choice };
    const egress = directionAnswers({ ...question, direction: "egress", subject: from, peer: to, destination: to });
    const ingress = directionAnswers({ ...question, direction: "ingress", subject: to, peer: from, destination: to });
    for (const out of egress) for (const into of ingress) answers.add(out && into);
  }
  return answers.size > 1 ? "depends" : answers.has(true) ? "allowed" : "denied";
}

function endOf({ pods }: RawWorld, text: string, family: 4 | 6, candidates: readonly string[]): End {
  const [namespace = "", name] = text.split("/");
  if (name === undefined) return { namespace: "", addresses: text.includes(":") === (family === 6) ? [text] : [] };
  const pod = pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  if (pod === undefined) throw new Error(`no pod ${text}`);
  const own = pod.status === undefined ? candidates : pod.status.podIPs.map(({ ip }) => ip);
  return { pod, namespace, addresses: own.filter((ip) => ip.includes(":") === (family === 6)) };
}

interface Question {
  readonly world: RawWorld;
  readonly packet: Packet;
  readonly choice: Choice;
  readonly direction: "ingress" | "egress";
  readonly subject: End;
  readonly peer: End;
  readonly destination: End;
}

/** A question with the peer's address settled. */
interface Settled extends Question {
  readonly address: string;
}

function isHost(end: End): boolean {
  return end.pod?.spec.hostNetwork === true;
}

function isSeenAsPod(end: End, choice: Choice): boolean {
  return end.pod !== undefined && (!isHost(end) || choice.hostsAs === "pod");
}

function directionAnswers(question: Question): ReadonlySet<boolean> {
  const answers = new Set<boolean>();
  for (const address of question.peer.addresses) {
    const settled = { ...question, address };
    for (const isOwnNode of ownNodeAnswers(settled)) {
      for (const answer of decide(settled, isOwnNode)) answers.add(answer);
    }
  }
  return answers;
}

/** Whether the peer is the node that the subject runs on; both where that is not known. */
function ownNodeAnswers({ world, direction, subject, peer, choice, address }: Settled): readonly boolean[] {
  if (direction === "egress" || !isSeenAsPod(subject, choice)) return [false];
  const isNode =
    peer.pod === undefined ? nodeAt(world, address) !== undefined : isHost(peer) && choice.hostsAs === "node";
  if (!isNode) return [false];
  const node = peer.pod === undefined ? nodeAt(world, address) : peer.pod.spec.nodeName;
  const own = subject.pod?.spec.nodeName;
  return node === undefined || own === undefined ? [true, false] : [node === own];
}

function nodeAt({ nodes }: RawWorld, address: string): string | undefined {
  return nodes.find(({ status }) => status.addresses.some((entry) => entry.address === address))?.metadata.name;
}

function decide(question: Settled, isOwnNode: boolean): ReadonlySet<boolean> {
  if (!isSeenAsPod(question.subject, question.choice)) return new Set([true]);
  const answers = new Set<boolean>();
  for (const admin of askTier(question, "Admin")) {
    if (admin === "Accept" || admin === "Deny") answers.add(admin === "Accept");
    else for (const answer of afterAdmin(question, isOwnNode)) answers.add(answer);
  }
  return answers;
}

function afterAdmin(question: Settled, isOwnNode: boolean): ReadonlySet<boolean> {
  const { world, direction, subject, choice } = question;
  const selecting = world.networkPolicies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === subject.namespace && selectorMatches(spec.podSelector ?? {}, subject.pod?.metadata.labels),
  );
  const isolating = selecting.filter((policy) => isolates(policy, direction));
  if (isolating.length > 0) {
    return new Set([isOwnNode || isolating.some((policy) => networkPolicyAdmits(question, policy))]);
  }
  if (selecting.length > 0 && !choice.perDirection) return new Set([true]);
  return new Set([...askTier(question, "Baseline")].map((action) => action !== "Deny"));
}

function isolates({ spec }: RawNetworkPolicy, direction: string): boolean {
  const types = spec.policyTypes ?? [];
  if (types.length > 0) return types.some((type) => type.toLowerCase() === direction);
  return direction === "ingress" || (spec.egress ?? []).length > 0;
}

function networkPolicyAdmits(question: Settled, policy: RawNetworkPolicy): boolean {
  return (policy.spec[question.direction] ?? []).some((rule) => {
    const peers = (question.direction === "ingress" ? rule.from : rule.to) ?? [];
    const ports = rule.ports ?? [];
    const isPeer = peers.length === 0 || peers.some((one) => isNetworkPolicyPeer(question, policy, one));
    return isPeer && (ports.length === 0 || ports.some((one) => isNetworkPolicyPort(question, one)));
  });
}

function isNetworkPolicyPeer(
  { world, peer, address, choice }: Settled,
  policy: RawNetworkPolicy,
  { ipBlock, namespaceSelector, podSelector }: RawPeer,
): boolean {
  if (ipBlock !== undefined) {
    return isInCidr(address, ipBlock.cidr) && !(ipBlock.except ?? []).some((part) => isInCidr(address, part));
  }
  if (!isSeenAsPod(peer, choice)) return false;
  const isInNamespace =
    namespaceSelector === undefined
      ? peer.namespace === policy.metadata.namespace
      : selectorMatches(namespaceSelector, namespaceLabels(world, peer.namespace));
  return isInNamespace && selectorMatches(podSelector ?? {}, peer.pod?.metadata.labels);
}

function isNetworkPolicyPort(question: Settled, { protocol, port, endPort }: RawPort): boolean {
  const { packet } = question;
  if ((protocol ?? "TCP") !== packet.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === "string") return hasNamedPort(question, port);
  return packet.port >= port && packet.port <= (endPort ?? port);
}

/** Name and protocol must agree; regular containers and native sidecars count. */
function hasNamedPort({ packet, destination, choice }: Settled, name: string): boolean {
  if (destination.pod === undefined || !isSeenAsPod(destination, choice)) return false;
  const { initContainers = [], containers } = destination.pod.spec;
  const running = [...initContainers.filter(({ restartPolicy }) => restartPolicy === "Always"), ...containers];
  return running.some(({ ports = [] }) =>
    ports.some(
      (port) =>
        port.name === name && (port.protocol ?? "TCP") === packet.protocol && port.containerPort === packet.port,
    ),
  );
}

/** Every way the tier may end: of policies with one priority any that matches may be applied. */
function askTier(question: Settled, tier: string): ReadonlySet<Action | "none"> {
  if (isHost(question.subject)) return new Set(["none"]);
  const policies = question.world.clusterPolicies.filter(
    ({ spec }) => spec.tier === tier && isClusterPeer(question, question.subject, spec.subject),
  );
  const priorities = [...new Set(policies.map(({ spec }) => spec.priority))].sort((a, b) => a - b);
  for (const priority of priorities) {
    const group = policies.filter(({ spec }) => spec.priority === priority);
    const actions = group.flatMap((policy) => firstAction(question, policy) ?? []);
    if (actions.length > 0) return new Set(actions);
  }
  return new Set(["none"]);
}

function firstAction(question: Settled, { spec }: RawClusterPolicy): Action | undefined {
  const match = (spec[question.direction] ?? []).find(({ from, to, protocols = [] }) => {
    const peers = (question.direction === "ingress" ? from : to) ?? [];
    if (!peers.some((one) => isClusterPeer(question, question.peer, one))) return false;
    return protocols.length === 0 || protocols.some((one) => isClusterPort(question, one));
  });
  return match?.action;
}

function isClusterPeer({ world, address }: Settled, end: End, one: RawClusterPeer): boolean {
  if (one.networks !== undefined) return one.networks.some((cidr) => isInCidr(address, cidr));
  const { nodes } = one;
  if (nodes !== undefined) {
    return world.nodes.some(
      ({ metadata, status }) =>
        selectorMatches(nodes, metadata.labels) && status.addresses.some((entry) => entry.address === address),
    );
  }
  if (end.pod === undefined || isHost(end)) return false;
  return (
    selectorMatches(one.namespaces ?? one.pods?.namespaceSelector ?? {}, namespaceLabels(world, end.namespace)) &&
    selectorMatches(one.pods?.podSelector ?? {}, end.pod.metadata.labels)
  );
}

function isClusterPort(question: Settled, one: RawProtocol): boolean {
  const { packet } = question;
  if (one.destinationNamedPort !== undefined) return hasNamedPort(question, one.destinationNamedPort);
  const part = packet.protocol === "TCP" ? one.tcp : packet.protocol === "UDP" ? one.udp : one.sctp;
  if (part === undefined) return false;
  const { number, range } = part.destinationPort;
  return range === undefined ? packet.port === number : packet.port >= range.start && packet.port <= range.end;
}

function namespaceLabels({ namespaces }: RawWorld, name: string): Labels {
  const given = namespaces.find(({ metadata }) => metadata.name === name);
  return { ...given?.metadata.labels, "kubernetes.io/metadata.name": name };
}

function selectorMatches({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels = {}): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === "Exists") return value !== undefined;
      if (operator === "DoesNotExist") return value === undefined;
      const isListed = value !== undefined && values.includes(value);
      return operator === "In" ? isListed : !isListed;
    })
  );
}

function isInCidr(address: string, cidr: string): boolean {
  const [network = "", length = ""] = cidr.split("/");
  if (address.includes(":") !== network.includes(":")) return false;
  return bitsOf(address).slice(0, Number(length)) === bitsOf(network).slice(0, Number(length));
}

const knownBits = new Map<string, string>();

/** An address as a text of 0 and 1. */
function bitsOf(address: string): string {
  const found = knownBits.get(address);
  if (found !== undefined) return found;
  const bits = address.includes(":") ? bitsOfSix(address) : bitsOfFour(address);
  knownBits.set(address, bits);
  return bits;
}

function bitsOfFour(address: string): string {
  return address
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
}

function bitsOfSix(address: string): string {
  const [head = [], tail = []] = address.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const middle = Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...middle, ...tail]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0"))
    .join("");
}
