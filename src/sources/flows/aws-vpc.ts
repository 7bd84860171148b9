// AWS VPC flow logs: records in the default format of version 2, or in the order that a heading names
// (docs.aws.amazon.com, "Flow log records").

import { flowProblem, NO_FLOW, NO_PORTS, type FlowReading } from "./flow-record.ts";
import { readPort, readProtocol } from "./flow-protocol.ts";
import { rememberEnds } from "./remembered-ends.ts";
import { readTime } from "./flow-time.ts";

const DEFAULT =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";
const endAt = rememberEnds((address) => ({ address }));
const NEEDED = ["srcaddr", "dstaddr", "srcport", "dstport", "protocol"];

export function isAwsVpc(line: string): boolean {
  return (
    isHeading(line) || (/^2 (?:\d{12}|unknown) eni-/.test(line) && line.split(" ").length === DEFAULT.split(" ").length)
  );
}

function isHeading(line: string): boolean {
  const words = line.split(" ");
  return NEEDED.every((field) => words.includes(field) || words.includes(field.replace("addr", "-addr")));
}

/** Reads the lines of one file, in order: the first may be a heading. */
export function createAwsVpcReader(): (line: string) => FlowReading {
  let columns = columnsOf(DEFAULT);
  return (line) => {
    if (isHeading(line)) {
      columns = columnsOf(line);
      return NO_FLOW;
    }
    const words = line.trim().split(/ +/);
    if (words.length !== columns.count)
      return flowProblem("wrong-columns", `${words.length} instead of ${columns.count}`);
    return readRecord((field) => words[columns.at.get(field) ?? -1]);
  };
}

interface Columns {
  readonly count: number;
  readonly at: ReadonlyMap<string, number>;
}

function columnsOf(heading: string): Columns {
  const fields = heading.trim().split(/ +/);
  return { count: fields.length, at: new Map(fields.map((field, index) => [field, index])) };
}

function readRecord(field: (name: string) => string | undefined): FlowReading {
  const status = field("log-status");
  if (status === "NODATA") return NO_FLOW;
  if (status === "SKIPDATA") return { kind: "lost", count: 1 };
  const protocol = readProtocol(field("protocol") ?? "");
  if (protocol === "no-ports") return NO_PORTS;
  if (protocol === undefined) return flowProblem("invalid-protocol", field("protocol") ?? "");
  const destinationPort = readPort(field("dstport"));
  if (destinationPort === undefined) return flowProblem("invalid-port", field("dstport") ?? "");
  const source = field("pkt-srcaddr") ?? field("srcaddr") ?? "";
  const destination = field("pkt-dstaddr") ?? field("dstaddr") ?? "";
  const action = field("action") ?? "ACCEPT";
  if (action !== "ACCEPT" && action !== "REJECT") return flowProblem("invalid-verdict", action);
  const record = {
    source: endAt(source) ?? { address: source },
    destination: endAt(destination) ?? { address: destination },
    protocol,
    sourcePort: readPort(field("srcport")) ?? 0,
    destinationPort,
    verdict: action === "ACCEPT" ? ("allowed" as const) : ("denied" as const),
    seenAt: field("flow-direction") === "ingress" ? ("destination" as const) : ("source" as const),
    count: 1,
    start: readTime(field("start")),
    end: readTime(field("end")),
  };
  return { kind: "flow", record };
}
