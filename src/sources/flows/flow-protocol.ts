// Protocols and ports as logs write them: names in any case, IANA protocol numbers, numbers as text.

import type { Protocol } from "../../layers/network/port-set.ts";

const BY_NAME: ReadonlyMap<string, Protocol | "no-ports"> = new Map([
  ["tcp", "TCP"],
  ["udp", "UDP"],
  ["sctp", "SCTP"],
  ["6", "TCP"],
  ["17", "UDP"],
  ["132", "SCTP"],
  ["icmp", "no-ports"],
  ["icmpv4", "no-ports"],
  ["icmpv6", "no-ports"],
  ["icmp6", "no-ports"],
  ["igmp", "no-ports"],
  ["gre", "no-ports"],
  ["esp", "no-ports"],
  ["ah", "no-ports"],
  ["ipip", "no-ports"],
  ["udplite", "no-ports"],
]);

/** `undefined` for what is no protocol. */
export function readProtocol(text: string): Protocol | "no-ports" | undefined {
  const known = BY_NAME.get(text) ?? BY_NAME.get(text.toLowerCase());
  if (known !== undefined) return known;
  return /^\d{1,3}$/.test(text) && Number(text) < 256 ? "no-ports" : undefined;
}

/** A port from 1 to 65535; `undefined` for anything else. */
export function readPort(value: unknown): number | undefined {
  const port =
    typeof value === "number" ? value : typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : 0;
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? port : undefined;
}
