// A connection to a Service: what it becomes after the Service has chosen a pod and a pod port. Any pod behind it may
// be chosen, so one that can be reached is enough.

import type { AddressFamily } from "./address.ts";
import type { End } from "./end.ts";
import type { Pod } from "./pod.ts";
import type { Protocol } from "./port-set.ts";
import { reach, type Reach, type Verdict } from "./reach.ts";
import type { ServicePortView, ServiceView } from "./services.ts";
import type { World } from "./world.ts";

export interface Backend {
  /** Absent for an endpoint outside. */
  readonly pod: Pod | undefined;
  readonly port: number;
  readonly reach: Reach;
}

/** A Service's port and what is behind it. */
export interface ServicePortReach {
  readonly protocol: Protocol;
  readonly port: number;
  readonly reach: ServiceReach;
}

export interface ServiceReach {
  readonly verdict: Verdict;
  /** Why no backend was asked about. */
  readonly gap: "no-such-port" | "no-endpoints" | "external-name" | undefined;
  readonly backends: readonly Backend[];
}

/** Answers for every backend of a Service's port. */
export function reachService(
  world: World,
  source: End,
  service: ServiceView,
  port: { readonly protocol: Protocol; readonly port: number },
  family?: AddressFamily,
): ServiceReach {
  const denied = (gap: ServiceReach["gap"]): ServiceReach => ({ verdict: "denied", gap, backends: [] });
  if (service.type === "ExternalName") return { ...denied("external-name"), verdict: "depends" };
  const view = portOf(service, port);
  if (view === undefined) return denied("no-such-port");
  const ask = (destination: End, number: number, from = source): Reach =>
    reach(world, {
      source: from,
      destination,
      port: { protocol: view.protocol, port: number },
      ...(family === undefined ? {} : { family }),
    });
  const askPod = (pod: Pod, number: number): Reach => {
    const answer = ask({ kind: "pods", pods: [pod] }, number);
    if (!isOnly(source, pod)) return answer;
    const replicas: End = { kind: "pods", pods: [pod, pod] };
    const throughService = ask(replicas, number, replicas);
    return isDeniedByClusterPolicy(throughService) ? throughService : answer;
  };
  const backends: Backend[] = view.targets.map((target) => ({ ...target, reach: askPod(target.pod, target.port) }));
  for (const { addresses, port: number } of view.outside) {
    backends.push({ pod: undefined, port: number, reach: ask({ kind: "addresses", set: addresses }, number) });
  }
  if (backends.length === 0) return denied("no-endpoints");
  return { verdict: mostOpen(backends.map((one) => one.reach)), gap: undefined, backends };
}

/** A headless Service gives the addresses of its endpoints: any of their ports can be tried. */
function portOf(
  { ports, isHeadless, pods }: ServiceView,
  { protocol, port }: { readonly protocol: Protocol; readonly port: number },
): Pick<ServicePortView, "protocol" | "targets" | "outside"> | undefined {
  const view = ports.find((one) => one.port === port && one.protocol === protocol);
  if (view !== undefined || !isHeadless) return view;
  const listed = ports.flatMap(({ targets }) => targets.map(({ pod }) => pod));
  const behind = pods.length > 0 ? pods : [...new Set(listed)];
  const outside = ports.flatMap((one) => one.outside.map(({ addresses }) => ({ addresses, port })));
  if (behind.length + outside.length === 0) return undefined;
  return { protocol, targets: behind.map((pod) => ({ pod, port })), outside };
}

function isOnly(source: End, pod: Pod): boolean {
  return source.kind === "pods" && source.pods.length === 1 && source.pods[0] === pod;
}

/**
 * From a pod through a Service back to itself: cluster policies apply (network-policy-api, api-overview), for
 * NetworkPolicy it is not defined (kubernetes/kubernetes#95879).
 */
function isDeniedByClusterPolicy({ explain }: Reach): boolean {
  return [...explain("egress"), ...explain("ingress")].some(
    (one) => one.kind === "rule" && one.tier !== "NetworkPolicy" && one.action === "Deny",
  );
}

/** Answers for every port of a Service: whether anything passes. */
export function reachServicePorts(
  world: World,
  source: End,
  service: ServiceView,
  family?: AddressFamily,
): readonly ServicePortReach[] {
  return service.ports.map(({ protocol, port }) => ({
    protocol,
    port,
    reach: reachService(world, source, service, { protocol, port }, family),
  }));
}

/** Any one of them may be chosen. */
export function mostOpen(answers: readonly { readonly verdict: Verdict }[]): Verdict {
  const verdicts = new Set(answers.map(({ verdict }) => verdict));
  return (["allowed", "depends"] as const).find((one) => verdicts.has(one)) ?? "denied";
}
