// Which end of a flow is the server. Logs without connection tracking show replies as flows of their own, from the
// server's port to a port that the client's system picked.

import type { Protocol } from "../../layers/network/port-set.ts";
import type { FoundEnd } from "./find-end.ts";
import type { FlowRecord } from "./flow-record.ts";
import type { KnownPorts } from "./known-ports.ts";

export type ServerSide = "destination" | "source" | "unclear";

/** Where Linux picks a client's port from (net.ipv4.ip_local_port_range begins there). */
export const FIRST_EPHEMERAL_PORT = 32768;

/** By what the log says, then by ports that are known to be listened on, then by the range that clients use. */
export function serverSideOf(
  record: FlowRecord,
  source: FoundEnd,
  destination: FoundEnd,
  ports: KnownPorts,
): ServerSide {
  const { isReply, isDirected, protocol, sourcePort, destinationPort } = record;
  if (isReply !== undefined) return isReply ? "source" : "destination";
  if (isDirected === true || sourcePort === 0) return "destination";
  const isDestinationKnown = isListening(destination, protocol, destinationPort, ports);
  const isSourceKnown = isListening(source, protocol, sourcePort, ports);
  if (isDestinationKnown !== isSourceKnown) return isDestinationKnown ? "destination" : "source";
  const isToEphemeral = destinationPort >= FIRST_EPHEMERAL_PORT;
  const isFromEphemeral = sourcePort >= FIRST_EPHEMERAL_PORT;
  if (isToEphemeral !== isFromEphemeral) return isToEphemeral ? "source" : "destination";
  if (sourcePort === destinationPort) return "destination"; // peers that use one port at both ends
  const isToReserved = isReserved(destinationPort, sourcePort);
  const isFromReserved = isReserved(sourcePort, destinationPort);
  return isToReserved === isFromReserved ? "unclear" : isToReserved ? "destination" : "source";
}

const NFS_PORT = 2049;

/** Only servers use these ports; but for clients of NFS, which show so that they are root. */
function isReserved(port: number, opposite: number): boolean {
  return port < 1024 && opposite !== NFS_PORT;
}

function isListening(end: FoundEnd, protocol: Protocol, port: number, ports: KnownPorts): boolean {
  if (end.kind === "service") return end.view.ports.some((one) => one.port === port && one.protocol === protocol);
  if (end.kind === "api-server") return port === 443 || port === 6443;
  if (end.kind === "nodes") return port === 10250;
  return end.kind === "workload" && ports.has(end.id, protocol, port);
}
