// The rules that decide about some ports, both directions.

import type { AddressSet } from "../address-set.ts";
import type { End } from "../end.ts";
import type { Network } from "../network.ts";
import type { PortSet } from "../port-set.ts";
import { chainOf, type ChainLink } from "./chain.ts";

/** A workload, by its position, or addresses outside. */
export type Side = number | AddressSet;

export function endOfSide({ workloads }: Network, side: Side): End {
  return typeof side === "number"
    ? { kind: "pods", pods: workloads[side]?.pods ?? [] }
    : { kind: "addresses", set: side };
}

/** Egress first. Each link says about which of the ports it decides. */
export function decidingRules(network: Network, source: End, destination: End, ports: PortSet): readonly ChainLink[] {
  const [from, to] = isAlone(source, destination) ? [replicas(source), replicas(destination)] : [source, destination];
  const { explainPorts } = network.reach({ source: from, destination: to });
  const sides = ["egress", "ingress"] as const;
  return sides.flatMap((direction) => chainOf(direction, explainPorts(direction, ports), true));
}

/** A map says of a workload and itself what its replicas may do, also where there is one pod. */
function isAlone(source: End, destination: End): boolean {
  if (source.kind !== "pods" || destination.kind !== "pods") return false;
  return source.pods.length === 1 && destination.pods.length === 1 && source.pods[0] === destination.pods[0];
}

/** Twice the same pod stands for two replicas. */
function replicas(end: End): End {
  return end.kind === "pods" ? { kind: "pods", pods: [...end.pods, ...end.pods] } : end;
}
