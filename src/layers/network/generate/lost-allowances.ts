// What a NetworkPolicy of today allows by naming pods, and no need asks for: it closes. Whoever wrote that rule knew why;
// it is listed, since programs have defaults that no manifest tells.

import type { Resource } from "../../../cluster/resource.ts";
import { matchSelector, type LabelSelector } from "../../../kubernetes/label-selector.ts";
import type { Path } from "../../../kubernetes/path.ts";
import { isEmpty, subtract } from "../interval-set.ts";
import type { Network, Workload } from "../network.ts";
import { DIRECTIONS, rulePath, type NamespaceScope, type PodPeer, type Policy } from "../policy.ts";
import { withoutOtherProtocols, type PortSet } from "../port-set.ts";
import { twice } from "./sample.ts";

export interface LostAllowance {
  /** Ids of workloads. */
  readonly from: string;
  readonly to: string;
  /** Open today, and closed by what is generated. */
  readonly ports: PortSet;
  readonly policy: Resource;
  /** Of the peer. */
  readonly path: Path;
}

const MOST_LISTED = 1000;

/** Asks for each pair that a rule of the policies names. O(pairs they name), at most a thousand are told. */
export function lostAllowances(
  before: Network,
  after: Network,
  superseded: readonly Resource[],
): readonly LostAllowance[] {
  const found = new Map<string, LostAllowance>();
  const inhabited = Map.groupBy(before.workloads, ({ namespace }) => namespace);
  const asked = new Set(superseded);
  for (const { resource, policy } of before.world.inventory.policies.values()) {
    if (policy === undefined || !asked.has(resource)) continue;
    for (const { subject, peer, direction, path } of namedPairs(before, inhabited, policy)) {
      const [source, destination] = direction === "ingress" ? [peer, subject] : [subject, peer];
      const key = `${source.id} ${destination.id}`;
      if (found.has(key)) continue;
      if (found.size >= MOST_LISTED) return [...found.values()];
      const ports = withoutOtherProtocols(
        subtract(openPorts(before, source, destination), openPorts(after, source, destination)),
      );
      if (!isEmpty(ports)) found.set(key, { from: source.id, to: destination.id, ports, policy: resource, path });
    }
  }
  return [...found.values()].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
}

function openPorts(network: Network, source: Workload, destination: Workload): PortSet {
  return network.reach({
    source: { kind: "pods", pods: twice(source.pods) },
    destination: { kind: "pods", pods: twice(destination.pods) },
  }).ports;
}

interface NamedPair {
  readonly subject: Workload;
  readonly peer: Workload;
  readonly direction: "ingress" | "egress";
  readonly path: Path;
}

/** Peers that are pods by their labels; whole namespaces name nobody. */
function* namedPairs(network: Network, inhabited: Inhabited, policy: Policy): Generator<NamedPair> {
  const subjects = workloadsOf(network, inhabited, policy.subject);
  for (const { peer, direction, path } of namedPeers(policy)) {
    for (const other of workloadsOf(network, inhabited, peer))
      for (const subject of subjects) yield { subject, peer: other, direction, path };
  }
}

function namedPeers(policy: Policy): readonly (Pick<NamedPair, "direction" | "path"> & { readonly peer: PodPeer })[] {
  return DIRECTIONS.flatMap((direction) =>
    (policy[direction] ?? []).flatMap(({ index, peers }) =>
      (peers === "any" ? [] : peers).flatMap((peer, at) =>
        peer.kind === "pods" && !isForAll(peer.pods) ? [{ peer, direction, path: rulePath(direction, index, at) }] : [],
      ),
    ),
  );
}

function isForAll({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length === 0;
}

type Inhabited = ReadonlyMap<string, readonly Workload[]>;

function workloadsOf({ world }: Network, inhabited: Inhabited, { namespaces, pods }: PodPeer): readonly Workload[] {
  const labels = world.inventory.namespaces;
  const isIn = (scope: NamespaceScope, name: string): boolean =>
    scope.kind === "own" ? scope.name === name : matchSelector(scope.selector, labels.get(name) ?? {}) === "match";
  const isMeant = ({ pods: own }: Workload): boolean =>
    own.some((pod) => !pod.isHostNetwork && matchSelector(pods, pod.labels ?? {}) === "match");
  return [...inhabited].flatMap(([name, workloads]) => (isIn(namespaces, name) ? workloads.filter(isMeant) : []));
}
