// Ports as an argument of a message: `TCP 80,443; UDP 53`, `*` for all.

import { formatPorts, type PortSet } from "./port-set.ts";
import { isEveryPort } from "./network-view.ts";

export function portsArgument(set: PortSet): string {
  const texts = isEveryPort(set) ? "all" : formatPorts(set);
  if (texts === "all") return "*";
  return Object.entries(texts)
    .map(([protocol, ranges]) => `${protocol} ${ranges}`)
    .join("; ");
}
