// Sets of (protocol, port) on one line: TCP, UDP and SCTP one after the other, then a point for every other protocol
// (ICMP and the like), which only rules without ports reach.

import { intersect, isEmpty, isEqual, subtract, type IntervalSet } from "./interval-set.ts";

export type PortSet = IntervalSet<number>;
export type Protocol = "TCP" | "UDP" | "SCTP";

export const PROTOCOLS: readonly Protocol[] = ["TCP", "UDP", "SCTP"];
export const HIGHEST_PORT = 65535;
const STRIDE = 65536;
const OTHER_PROTOCOLS = PROTOCOLS.length * STRIDE + 1;

export const NO_PORTS: PortSet = [];
/** Every port of every protocol, and the protocols that have no ports. */
export const ALL_PORTS: PortSet = [
  ...PROTOCOLS.flatMap((_, index) => [index * STRIDE + 1, (index + 1) * STRIDE]),
  OTHER_PROTOCOLS,
  OTHER_PROTOCOLS + 1,
];

export function isProtocol(text: string): text is Protocol {
  return (PROTOCOLS as readonly string[]).includes(text);
}

/** Whether a container, a Service or a rule may have the number. */
export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= HIGHEST_PORT;
}

/** The point of one port, 1 to 65535. */
export function portPoint(protocol: Protocol, port: number): number {
  return PROTOCOLS.indexOf(protocol) * STRIDE + port;
}

/** Ports `first` to `last`, both included, as far as they are ports: others would be those of another protocol. */
export function portRange(protocol: Protocol, first: number, last: number): PortSet {
  const from = Math.max(first, 1);
  const to = Math.min(last, HIGHEST_PORT);
  return from > to ? NO_PORTS : [portPoint(protocol, from), portPoint(protocol, to) + 1];
}

export function everyPortOf(protocol: Protocol): PortSet {
  return portRange(protocol, 1, HIGHEST_PORT);
}

/** The ports of one protocol as inclusive ranges. */
export function rangesOf(set: PortSet, protocol: Protocol): readonly (readonly [first: number, last: number])[] {
  const part = intersect(set, everyPortOf(protocol));
  const start = portPoint(protocol, 0);
  const ranges: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < part.length; index += 2) {
    ranges.push([(part[index] ?? 0) - start, (part[index + 1] ?? 0) - 1 - start]);
  }
  return ranges;
}

/** Whether protocols without ports (ICMP and the like) are in the set. */
export function hasOtherProtocols(set: PortSet): boolean {
  return !isEmpty(intersect(set, [OTHER_PROTOCOLS, OTHER_PROTOCOLS + 1]));
}

/** The set without the protocols that have no ports. */
export function withoutOtherProtocols(set: PortSet): PortSet {
  return subtract(set, [OTHER_PROTOCOLS, OTHER_PROTOCOLS + 1]);
}

/** `"all"` for everything, else ranges per protocol: `{ "TCP": "8080,9000-9010" }`. */
export type PortTexts = "all" | { readonly [P in Protocol]?: string };

export function formatPorts(set: PortSet): PortTexts {
  if (isEqual(set, ALL_PORTS)) return "all";
  const texts: { [P in Protocol]?: string } = {};
  for (const protocol of PROTOCOLS) {
    const ranges = rangesOf(set, protocol);
    if (ranges.length === 0) continue;
    texts[protocol] = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
  }
  return texts;
}
