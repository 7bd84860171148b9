// Workloads that everybody outside the cluster reaches, each with the chain that proves it: what opens the door, the
// Service behind it, the policy that lets the traffic in. Doors for named source ranges are not everybody.

import type { LocatedEvidence } from "../../../verdicts/finding.ts";
import { valueAt, type Path } from "../../../kubernetes/path.ts";
import type { Resource } from "../../../cluster/resource.ts";
import { ofFamily, type AddressSet } from "../address-set.ts";
import { doorsByObject, isInternalLoadBalancer } from "../doors.ts";
import type { EntryPoint } from "../entry-points.ts";
import { INTERNET } from "../internet.ts";
import { covers } from "../interval-set.ts";
import type { NetworkFault } from "../network-rule.ts";
import type { JudgedWorkload, NetworkView } from "../network-view.ts";
import type { Pod, Workload } from "../pod.ts";
import type { Reach } from "../reach.ts";
import { declaredPorts, takesNodePorts } from "./container-ports.ts";
import { shortList } from "./place.ts";

/** One way in: through an object, or a port of the node. */
interface Way {
  /** `Ingress web`, `hostPort 8080`. */
  readonly door: string;
  /** `TCP 8080`, of the pod. */
  readonly port: string;
  /** Worked out when asked. */
  readonly evidence: () => readonly LocatedEvidence[];
}

const ways = new WeakMap<NetworkView, ReadonlyMap<Workload, readonly Way[]>>();

export function* openToOutside({ resource, workload }: JudgedWorkload, view: NetworkView): Generator<NetworkFault> {
  let all = ways.get(view);
  if (all === undefined) ways.set(view, (all = waysIn(view)));
  const own = [...(all.get(workload) ?? []), ...nodePorts(view, workload)];
  const [first] = own;
  if (first === undefined) return;
  const values = {
    doors: shortList([...new Set(own.map(({ door }) => door))]),
    ports: shortList([...new Set(own.map(({ port }) => port))]),
  };
  const name = { path: ["metadata", "name"], value: resource.id.name };
  yield { arguments: values, evidence: [name, ...first.evidence()] };
}

function waysIn(view: NetworkView): ReadonlyMap<Workload, readonly Way[]> {
  const workloadOf = new Map<Pod, Workload>();
  for (const workload of view.network.workloads) for (const pod of workload.pods) workloadOf.set(pod, workload);
  const found = new Map<Workload, Way[]>();
  const isForEverybody = createMemory();
  for (const door of [...doorsByObject(view).values()].flat()) {
    if (!isForEverybody(door.sources) || (door.kind === "LoadBalancer" && isInternalLoadBalancer(door.resource)))
      continue;
    const seen = new Set<Workload>();
    for (const { pod, port, reach } of door.targets) {
      const workload = workloadOf.get(pod);
      if (workload === undefined || seen.has(workload) || reach.verdict !== "allowed") continue;
      seen.add(workload);
      const way = wayThrough(view, door, `${door.port.protocol} ${port}`, reach);
      const known = found.get(workload);
      if (known === undefined) found.set(workload, [way]);
      else known.push(way);
    }
  }
  return found;
}

const PUBLIC_OF_FAMILIES = ([4, 6] as const).map((family) => ofFamily(INTERNET, family));
/** Most doors share one set of sources. */
function createMemory(): (sources: AddressSet) => boolean {
  const known = new Map<AddressSet, boolean>();
  return (sources) => {
    let found = known.get(sources);
    if (found === undefined) known.set(sources, (found = PUBLIC_OF_FAMILIES.some((all) => covers(sources, all))));
    return found;
  };
}

function wayThrough(view: NetworkView, door: EntryPoint, port: string, reach: Reach): Way {
  const evidence = (): readonly LocatedEvidence[] => [
    ...(door.resource === door.service ? [] : [about(view, door.resource, ["metadata", "name"])]),
    about(view, door.service, ["spec", "selector"]),
    ...admitting(view, reach),
  ];
  return { door: `${door.resource.id.kind} ${door.resource.id.name}`, port, evidence };
}

/** The rules that let the traffic in; none where no policy isolates the pod. */
function admitting(view: NetworkView, reach: Reach): readonly LocatedEvidence[] {
  return reach
    .explain("ingress")
    .flatMap((decision) => (decision.kind === "rule" ? [about(view, decision.policy, decision.path)] : []))
    .slice(0, 2);
}

function about(view: NetworkView, resource: Resource, path: Path): LocatedEvidence {
  const original = view.originalOf(resource);
  const position = original.locate(path);
  const value = valueAt(resource.object, path);
  return { path, value, resource: original.id, ...(position && { position }) };
}

/** Ports that containers take on their node: the node's addresses lead to the pod. */
function nodePorts(view: NetworkView, workload: Workload): readonly Way[] {
  if (!takesNodePorts(workload)) return [];
  const ports = declaredPorts(workload).filter(
    ({ hostPort, hostAddress }) => hostPort !== undefined && !isLoopback(hostAddress),
  );
  return ports.flatMap(({ protocol, port, hostPort }): readonly Way[] => {
    const isHost = workload.pods.some(({ isHostNetwork }) => isHostNetwork);
    const reach = view.network.reach({
      source: { kind: "addresses", set: INTERNET },
      destination: { kind: "pods", pods: workload.pods },
      port: { protocol, port },
    });
    if (!isHost && reach.verdict !== "allowed") return [];
    const door = isHost ? "hostNetwork" : `hostPort ${hostPort}`;
    return [{ door, port: `${protocol} ${port}`, evidence: () => (isHost ? [] : admitting(view, reach)) }];
  });
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}
