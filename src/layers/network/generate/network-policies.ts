// Planned rules as NetworkPolicies (networking.k8s.io/v1): one default deny per namespace, one policy per owner.

import type { Direction } from "../policy.ts";
import { addressBlocksOf } from "./address-blocks-of.ts";
import type { EdgePort } from "./edge.ts";
import { generatedResource, MANAGED_BY, type GeneratedPolicy, type GeneratedRule } from "./generated-policy.ts";
import type { Owner } from "./owner-selector.ts";
import type { PlannedPeer, PlannedRule } from "./rules.ts";

const API_VERSION = "networking.k8s.io/v1";
const BOTH_TYPES = ["Ingress", "Egress"];
export const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** Selects every pod of the namespace and allows nothing. */
export function defaultDeny(namespace: string, name: string): GeneratedPolicy {
  const object = {
    apiVersion: API_VERSION,
    kind: "NetworkPolicy",
    metadata: { name, namespace, labels: MANAGED_BY },
    spec: { podSelector: {}, policyTypes: BOTH_TYPES },
  };
  const resource = generatedResource(object, namespace, name);
  return { resource, namespace, owner: undefined, rules: [], leftOpen: [] };
}

/**
 * The policy of one owner. Lists without rules are left out (the API server drops them); `policyTypes` isolates both
 * directions, so that the policy means the same before the default deny is there.
 */
export function ownerPolicy(
  owner: Owner,
  name: string,
  planned: readonly PlannedRule[],
  leftOpen: readonly Direction[],
): GeneratedPolicy {
  const { namespace, selector } = owner;
  const rules: GeneratedRule[] = [];
  const written = (direction: Direction): readonly object[] => {
    const list = planned.filter((rule) => rule.direction === direction);
    for (const [index, rule] of list.entries())
      rules.push({
        direction,
        index,
        planned: rule,
        entries: rule.peers.flatMap((one) => entriesOf(one, namespace).map(() => one)),
      });
    return list.map((rule) => writeRule(rule, namespace));
  };
  const ingress = leftOpen.includes("ingress") ? [{}] : written("ingress");
  const egress = leftOpen.includes("egress") ? [{}] : written("egress");
  const object = {
    apiVersion: API_VERSION,
    kind: "NetworkPolicy",
    metadata: { name, namespace, labels: MANAGED_BY },
    spec: {
      podSelector: selector,
      policyTypes: BOTH_TYPES,
      ...(ingress.length === 0 ? {} : { ingress }),
      ...(egress.length === 0 ? {} : { egress }),
    },
  };
  return { resource: generatedResource(object, namespace, name), namespace, owner, rules, leftOpen };
}

function writeRule({ direction, peers, ports }: PlannedRule, namespace: string): object {
  const entries = peers.flatMap((one) => entriesOf(one, namespace));
  const isForAllPorts = ports.some(({ kind }) => kind === "all");
  return {
    ...(entries.length === 0 ? {} : { [direction === "ingress" ? "from" : "to"]: entries }),
    ...(isForAllPorts ? {} : { ports: ports.flatMap(writePort) }),
  };
}

/** The entries for one peer; none for everything. */
function entriesOf({ peer }: PlannedPeer, namespace: string): readonly object[] {
  switch (peer.kind) {
    case "owner": {
      const { namespace: other, selector } = peer.owner;
      return [{ ...(other === namespace ? {} : namespaceSelector(other)), podSelector: selector }];
    }
    case "namespace":
      return [peer.name === namespace ? { podSelector: {} } : namespaceSelector(peer.name)];
    case "pods":
      return [{ namespaceSelector: {} }];
    case "addresses":
      return addressBlocksOf(peer.set).map((ipBlock) => ({ ipBlock }));
    default:
      return [];
  }
}

export function namespaceSelector(name: string): { readonly namespaceSelector: object } {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: name } } };
}

function writePort(port: EdgePort): readonly object[] {
  switch (port.kind) {
    case "numbers": {
      const { protocol, first, last } = port;
      return [{ protocol, port: first, ...(last > first ? { endPort: last } : {}) }];
    }
    case "named":
      return [{ protocol: port.protocol, port: port.name }];
    case "protocol":
      return [{ protocol: port.protocol }];
    default:
      return [];
  }
}
