// The words by which people name ports: `TCP/8080`, `8080` (TCP), `UDP/5000-5010`, `TCP` (every port), `all`.

import {
  ALL_PORTS,
  everyPortOf,
  HIGHEST_PORT,
  isProtocol,
  portRange,
  type PortSet,
  type Protocol,
} from "../port-set.ts";

export interface NamedPort {
  readonly protocol: Protocol;
  readonly port: number;
}

/** One port: `TCP/8080`, `8080`. `undefined` when the text is none. */
export function parsePort(text: string): NamedPort | undefined {
  const [number = "", protocol = "TCP"] = text.split("/").toReversed();
  const port = Number(number);
  if (!/^\d{1,5}$/.test(number) || port < 1 || port > HIGHEST_PORT) return undefined;
  const upper = protocol.toUpperCase();
  return isProtocol(upper) && text.split("/").length <= 2 ? { protocol: upper, port } : undefined;
}

/** Some ports: the above, ranges, a protocol, `all`. `undefined` when the text is none of them. */
export function parsePorts(text: string): PortSet | undefined {
  if (text === "all") return ALL_PORTS;
  const upper = text.toUpperCase();
  if (isProtocol(upper)) return everyPortOf(upper);
  const [range = "", protocol = "TCP"] = upper.split("/").toReversed();
  const [first = "", last = first, more] = range.split("-");
  const from = parsePort(`${protocol}/${first}`);
  const to = parsePort(`${protocol}/${last}`);
  if (from === undefined || to === undefined || more !== undefined || from.port > to.port) return undefined;
  return portRange(from.protocol, from.port, to.port);
}
