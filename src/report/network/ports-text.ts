// Ports as people read them: `TCP 8080,9000-9010 · UDP 53`.

import type { PortTexts } from "../../layers/network/port-set.ts";
import type { Catalogue } from "../catalogue.ts";

export function portsText(ports: PortTexts, { say }: Catalogue): string {
  if (ports === "all") return say("network.all-ports");
  const parts = Object.entries(ports).map(([protocol, ranges]) => `${protocol} ${ranges}`);
  return parts.length === 0 ? say("network.no-ports") : parts.join(" · ");
}

/** The same for machines: `TCP 8080,9000-9010; UDP 53`, `all`. */
export function plainPorts(ports: PortTexts): string {
  if (ports === "all") return ports;
  return Object.entries(ports)
    .map(([protocol, ranges]) => `${protocol} ${ranges}`)
    .join("; ");
}
