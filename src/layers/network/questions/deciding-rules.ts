// The rules that decide about the first of some ports, both directions.

import type { End } from "../end.ts";
import type { Network } from "../network.ts";
import { PROTOCOLS, rangesOf, type PortSet } from "../port-set.ts";
import { chainOf, type ChainLink } from "./chain.ts";

/** Egress first. */
export function decidingRules(network: Network, source: End, destination: End, ports: PortSet): readonly ChainLink[] {
  const port = firstPort(ports);
  const reach = network.reach({ source, destination, ...(port === undefined ? {} : { port }) });
  return [...chainOf("egress", reach.explain("egress")), ...chainOf("ingress", reach.explain("ingress"))];
}

function firstPort(ports: PortSet) {
  for (const protocol of PROTOCOLS) {
    const range = rangesOf(ports, protocol)[0];
    if (range !== undefined) return { protocol, port: range[0] };
  }
  return undefined;
}
