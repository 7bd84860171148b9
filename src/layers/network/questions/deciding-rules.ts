// The rules that decide about the first of some ports, both directions.

import type { End } from "../end.ts";
import type { Network } from "../network.ts";
import { PROTOCOLS, rangesOf, type PortSet } from "../port-set.ts";
import { chainOf, type ChainLink } from "./chain.ts";

/** Egress first. */
export function decidingRules(network: Network, source: End, destination: End, ports: PortSet): readonly ChainLink[] {
  const port = firstPort(ports);
  const [from, to] = isAlone(source, destination) ? [replicas(source), replicas(destination)] : [source, destination];
  const reach = network.reach({ source: from, destination: to, ...(port === undefined ? {} : { port }) });
  return [...chainOf("egress", reach.explain("egress")), ...chainOf("ingress", reach.explain("ingress"))];
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

function firstPort(ports: PortSet) {
  for (const protocol of PROTOCOLS) {
    const range = rangesOf(ports, protocol)[0];
    if (range !== undefined) return { protocol, port: range[0] };
  }
  return undefined;
}
