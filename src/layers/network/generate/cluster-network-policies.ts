// Planned rules as ClusterNetworkPolicies (policy.networking.k8s.io/v1alpha2, standard channel): Baseline tier, so that
// NetworkPolicies that teams add later go before them. Accepts are asked before the deny, by priority.

import type { Direction } from "../policy.ts";
import { cidrsOf } from "./cidrs.ts";
import type { EdgePeer, EdgePort } from "./edge.ts";
import { generatedResource, MANAGED_BY, type GeneratedPolicy, type GeneratedRule } from "./generated-policy.ts";
import { namespaceSelector, NAMESPACE_NAME } from "./network-policies.ts";
import type { Owner } from "./owner-selector.ts";
import type { PlannedPeer, PlannedRule } from "./rules.ts";

const API_VERSION = "policy.networking.k8s.io/v1alpha2";
const ACCEPT_PRIORITY = 500;
const DENY_PRIORITY = 1000;
/** The API's limit for rules of a direction, peers and protocols of a rule, networks of a peer. */
const MOST = 25;

/** Denies everything a ClusterNetworkPolicy can: as sources it knows pods only. */
export function defaultClusterDeny(namespace: string, name: string): GeneratedPolicy {
  const everyPod = { namespaces: {} };
  return policyOf(namespace, name, undefined, [], [], {
    tier: "Baseline",
    priority: DENY_PRIORITY,
    subject: { namespaces: { matchLabels: { [NAMESPACE_NAME]: namespace } } },
    ingress: [{ action: "Deny", from: [everyPod] }],
    egress: [{ action: "Deny", to: [everyPod, { networks: ["0.0.0.0/0", "::/0"] }] }],
  });
}

interface WrittenRule {
  readonly rule: object;
  readonly planned: PlannedRule;
  readonly entries: readonly PlannedPeer[];
}

/** The policies of one owner: more than one where the API's limits ask for it. */
export function ownerClusterPolicies(
  owner: Owner,
  name: string,
  planned: readonly PlannedRule[],
  leftOpen: readonly Direction[],
): readonly GeneratedPolicy[] {
  const ingress = leftOpen.includes("ingress") ? [openRule("ingress")] : rulesOf(planned, "ingress");
  const egress = leftOpen.includes("egress") ? [openRule("egress")] : rulesOf(planned, "egress");
  const count = Math.max(1, Math.ceil(ingress.length / MOST), Math.ceil(egress.length / MOST));
  if (ingress.length + egress.length === 0) return [];
  const { namespace, selector } = owner;
  return Array.from({ length: count }, (_, part) => {
    const slice = (list: readonly WrittenRule[]): readonly WrittenRule[] => list.slice(part * MOST, (part + 1) * MOST);
    const parts = { ingress: slice(ingress), egress: slice(egress) };
    const rules = (["ingress", "egress"] as const).flatMap((direction) =>
      leftOpen.includes(direction)
        ? []
        : parts[direction].map((one, index): GeneratedRule => ({
            direction,
            index,
            planned: one.planned,
            entries: one.entries,
          })),
    );
    return policyOf(namespace, part === 0 ? name : `${name}-${part + 1}`, owner, rules, leftOpen, {
      tier: "Baseline",
      priority: ACCEPT_PRIORITY,
      subject: { pods: { ...namespaceSelector(namespace), podSelector: selector } },
      ...(parts.ingress.length === 0 ? {} : { ingress: parts.ingress.map(({ rule }) => rule) }),
      ...(parts.egress.length === 0 ? {} : { egress: parts.egress.map(({ rule }) => rule) }),
    });
  });
}

function policyOf(
  namespace: string,
  name: string,
  owner: Owner | undefined,
  rules: readonly GeneratedRule[],
  leftOpen: readonly Direction[],
  spec: object,
): GeneratedPolicy {
  const object = {
    apiVersion: API_VERSION,
    kind: "ClusterNetworkPolicy",
    metadata: { name, labels: MANAGED_BY },
    spec,
  };
  return { resource: generatedResource(object, "", name), namespace, owner, rules, leftOpen };
}

function openRule(direction: Direction): WrittenRule {
  const planned: PlannedRule = {
    direction,
    peers: [{ peer: { kind: "anywhere" }, needs: [] }],
    ports: [{ kind: "all" }],
  };
  const side = direction === "ingress" ? "from" : "to";
  return { rule: { action: "Accept", [side]: entriesOf({ kind: "anywhere" }, direction) }, planned, entries: [] };
}

function rulesOf(planned: readonly PlannedRule[], direction: Direction): readonly WrittenRule[] {
  return planned
    .filter((rule) => rule.direction === direction)
    .flatMap((rule) => {
      const entries = rule.peers.flatMap((one) => entriesOf(one.peer, direction).map((entry) => ({ entry, one })));
      const protocols = rule.ports.some(({ kind }) => kind === "all") ? [undefined] : chunks(rule.ports.map(writePort));
      return chunks(entries).flatMap((part) =>
        protocols.map((list): WrittenRule => ({
          rule: {
            action: "Accept",
            [direction === "ingress" ? "from" : "to"]: part.map(({ entry }) => entry),
            ...(list === undefined ? {} : { protocols: list }),
          },
          planned: rule,
          entries: part.map(({ one }) => one),
        })),
      );
    });
}

function chunks<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / MOST) }, (_, part) => list.slice(part * MOST, (part + 1) * MOST));
}

/** As a source, addresses have no word. */
function entriesOf(peer: EdgePeer, direction: Direction): readonly object[] {
  switch (peer.kind) {
    case "owner":
      return [{ pods: { ...namespaceSelector(peer.owner.namespace), podSelector: peer.owner.selector } }];
    case "namespace":
      return [{ namespaces: { matchLabels: { [NAMESPACE_NAME]: peer.name } } }];
    case "pods":
      return [{ namespaces: {} }];
    case "addresses":
      return direction === "ingress" ? [] : chunks(cidrsOf(peer.set)).map((networks) => ({ networks }));
    default:
      return [{ namespaces: {} }, ...(direction === "ingress" ? [] : [{ networks: ["0.0.0.0/0", "::/0"] }])];
  }
}

function writePort(port: EdgePort): object {
  switch (port.kind) {
    case "numbers": {
      const { protocol, first, last } = port;
      const destinationPort = last > first ? { range: { start: first, end: last } } : { number: first };
      return { [protocol.toLowerCase()]: { destinationPort } };
    }
    case "named":
      return { destinationNamedPort: port.name };
    case "protocol":
      return { [port.protocol.toLowerCase()]: { destinationPort: { range: { start: 1, end: 65535 } } } };
    default:
      return {};
  }
}
