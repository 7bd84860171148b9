// The log of the network policy agent of the AWS VPC CNI (github.com/aws/aws-network-policy-agent pkg/ebpf/events):
// its "Flow Info" lines, as structured JSON, as console text, and as the records it sends to CloudWatch.

import { flowProblem, NO_FLOW, NO_PORTS, type FlowReading, type FlowVerdict } from "./flow-record.ts";
import { readPort, readProtocol } from "./flow-protocol.ts";
import { rememberEnds } from "./remembered-ends.ts";
import { readTime } from "./flow-time.ts";

const WORD = String.raw`"?\s*[:=]?\s*"?([^\s",;]*)`;
const SOURCE = new RegExp(`(?:Src IP|SIP)${WORD}`);
const SOURCE_PORT = new RegExp(`(?:Src Port|SPORT)${WORD}`);
const DESTINATION = new RegExp(`(?:Dest IP|DIP)${WORD}`);
const DESTINATION_PORT = new RegExp(`(?:Dest Port|DPORT)${WORD}`);
const PROTOCOL = new RegExp(`(?:PROTOCOL|Proto)${WORD}`);
const VERDICT = new RegExp(`(?:PolicyVerdict|Verdict)${WORD}`);
const DIRECTION = new RegExp(`Direction${WORD}`, "i");
const TIME = /"ts(?:tamp)?"\s*:\s*"?([^",}]+)|^(\d{4}-\d\d-\d\d[T ][0-9:.]+Z?)/;

const VERDICTS: ReadonlyMap<string, FlowVerdict> = new Map([
  ["ACCEPT", "allowed"],
  ["ALLOW", "allowed"],
  ["EXPIRED/DELETED", "allowed"],
  ["DENY", "denied"],
]);

const endAt = rememberEnds((address) => ({ address }));

export function isAwsCni(line: string): boolean {
  return (
    /Flow Info|Src IP.*Dest IP|SIP: .*DIP: /.test(line) || (line.includes('"logger":"ebpf-client"') && isLog(line))
  );
}

function isLog(line: string): boolean {
  return line.includes('"caller"');
}

export function readAwsCni(line: string): FlowReading {
  const source = SOURCE.exec(line)?.[1];
  const destination = DESTINATION.exec(line)?.[1];
  if (source === undefined && destination === undefined) {
    return line.includes("Flow Info") ? flowProblem("malformed", line) : NO_FLOW;
  }
  const protocolText = PROTOCOL.exec(line)?.[1] ?? "";
  const protocol = readProtocol(protocolText);
  if (protocol === "no-ports") return NO_PORTS;
  if (!source || !destination) return flowProblem("malformed", line);
  if (protocol === undefined) return flowProblem("invalid-protocol", protocolText);
  const portText = DESTINATION_PORT.exec(line)?.[1] ?? "";
  const destinationPort = readPort(portText);
  if (destinationPort === undefined) return flowProblem("invalid-port", portText);
  const verdictText = VERDICT.exec(line)?.[1] ?? "";
  const verdict = VERDICTS.get(verdictText.toUpperCase());
  if (verdict === undefined) return flowProblem("invalid-verdict", verdictText);
  const time = TIME.exec(line);
  const at = readTime(time?.[1] ?? time?.[2]?.replace(" ", "T"));
  const record = {
    source: endAt(source) ?? { address: source },
    destination: endAt(destination) ?? { address: destination },
    protocol,
    sourcePort: readPort(SOURCE_PORT.exec(line)?.[1]) ?? 0,
    destinationPort,
    verdict,
    seenAt: DIRECTION.exec(line)?.[1]?.toLowerCase() === "ingress" ? ("destination" as const) : ("source" as const),
    count: 1,
    start: at,
    end: at,
  };
  return { kind: "flow", record };
}
