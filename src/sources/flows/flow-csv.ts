// Flows as plain CSV: `src,dst,protocol,port`, or columns in the order of a heading. Ends are addresses, `ns/pod`,
// `ns/workload` or `ns/workload[Kind]`.

import { flowProblem, NO_FLOW, NO_PORTS, type FlowEnd, type FlowReading, type FlowVerdict } from "./flow-record.ts";
import { readPort, readProtocol } from "./flow-protocol.ts";
import { rememberEnds } from "./remembered-ends.ts";
import { readTime } from "./flow-time.ts";

type Column = "source" | "destination" | "protocol" | "port" | "sourcePort" | "count" | "time" | "end" | "verdict";

/** By lower-case letters of the heading. */
const NAMES: ReadonlyMap<string, Column> = new Map<string, Column>([
  ...["src", "source", "from", "srcip", "sourceip"].map((name) => [name, "source"] as const),
  ...["dst", "dest", "destination", "to", "dstip", "destip", "destinationip"].map(
    (name) => [name, "destination"] as const,
  ),
  ...["protocol", "proto"].map((name) => [name, "protocol"] as const),
  ...["port", "dport", "dstport", "destport", "destinationport"].map((name) => [name, "port"] as const),
  ...["sport", "srcport", "sourceport"].map((name) => [name, "sourcePort"] as const),
  ...["count", "flows", "connections"].map((name) => [name, "count"] as const),
  ...["time", "timestamp", "start", "firstseen"].map((name) => [name, "time"] as const),
  ...["end", "lastseen"].map((name) => [name, "end"] as const),
  ...["verdict", "action"].map((name) => [name, "verdict"] as const),
]);
const PLAIN: readonly Column[] = ["source", "destination", "protocol", "port"];

const VERDICTS: ReadonlyMap<string, FlowVerdict> = new Map([
  ["", "allowed"],
  ["allow", "allowed"],
  ["allowed", "allowed"],
  ["accept", "allowed"],
  ["forwarded", "allowed"],
  ["audit", "audited"],
  ["deny", "denied"],
  ["denied", "denied"],
  ["reject", "denied"],
  ["dropped", "denied"],
]);

export function isFlowCsv(line: string): boolean {
  if (headingOf(line) !== undefined) return true;
  const cells = cellsOf(line);
  return (
    cells.length === PLAIN.length && readProtocol(cells[2] ?? "") !== undefined && readPort(cells[3]) !== undefined
  );
}

/** Reads the lines of one file, in order: the first may be a heading. */
export function createFlowCsvReader(): (line: string) => FlowReading {
  let columns: readonly (Column | undefined)[] = PLAIN;
  let isFirst = true;
  const endNamed = rememberEnds(endOf);
  return (line) => {
    if (line.startsWith("#")) return NO_FLOW;
    const heading = isFirst ? headingOf(line) : undefined;
    isFirst = false;
    if (heading !== undefined) {
      columns = heading;
      return NO_FLOW;
    }
    const cells = cellsOf(line);
    if (cells.length !== columns.length)
      return flowProblem("wrong-columns", `${cells.length} instead of ${columns.length}`);
    return readRecord((column) => cells[columns.indexOf(column)] ?? "", columns.includes("sourcePort"), endNamed);
  };
}

/** `undefined` for a line that is no heading with the four columns needed. */
function headingOf(line: string): readonly (Column | undefined)[] | undefined {
  const columns = cellsOf(line).map((cell) => NAMES.get(cell.toLowerCase().replaceAll(/[^a-z]/g, "")));
  return PLAIN.every((column) => columns.includes(column)) ? columns : undefined;
}

/** Cells may be quoted; names and addresses have neither commas nor quotes inside. */
function cellsOf(line: string): readonly string[] {
  return line.split(",").map((cell) => {
    const text = cell.trim();
    return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).trim() : text;
  });
}

function readRecord(
  cell: (column: Column) => string,
  hasSourcePort: boolean,
  endNamed: (text: string) => FlowEnd | undefined,
): FlowReading {
  const protocol = readProtocol(cell("protocol"));
  if (protocol === undefined) return flowProblem("invalid-protocol", cell("protocol"));
  if (protocol === "no-ports") return NO_PORTS;
  const destinationPort = readPort(cell("port"));
  if (destinationPort === undefined) return flowProblem("invalid-port", cell("port"));
  const source = endNamed(cell("source"));
  const destination = endNamed(cell("destination"));
  if (source === undefined || destination === undefined) {
    return flowProblem("malformed", source === undefined ? cell("source") : cell("destination"));
  }
  const verdict = VERDICTS.get(cell("verdict").toLowerCase());
  if (verdict === undefined) return flowProblem("invalid-verdict", cell("verdict"));
  const count = Number(cell("count") || 1);
  const start = readTime(cell("time"));
  const end = readTime(cell("end"));
  const record = {
    source,
    destination,
    protocol,
    sourcePort: readPort(cell("sourcePort")) ?? 0,
    destinationPort,
    isDirected: !hasSourcePort,
    verdict,
    seenAt: "source" as const,
    count: Number.isSafeInteger(count) && count > 0 ? count : 1,
    start,
    end: Number.isNaN(end) ? start : end,
  };
  return { kind: "flow", record };
}

const QUALIFIED = /^([^/\s[\]]+)\/([^/\s[\]]+)(\[[A-Za-z]+\])?$/;

/** `undefined` for an empty cell and for what has the shape of neither a name nor an address. */
function endOf(text: string): FlowEnd | undefined {
  const [, namespace, name, kind] = QUALIFIED.exec(text) ?? [];
  if (namespace !== undefined && name !== undefined) {
    return kind === undefined ? { namespace, pod: name, workload: name } : { namespace, workload: `${name}${kind}` };
  }
  if (text === "outside" || text === "external") return { entity: "outside" };
  return /^[0-9a-fA-F.:]+$/.test(text) ? { address: text } : undefined;
}
