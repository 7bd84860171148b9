// Observed flows: logs of any size in flat memory, folded on the way to distinct connections between workloads.

import type { NotSeen, ObservedNeeds, UnresolvedFlow } from "../../layers/network/generate/need.ts";
import { ownCopy } from "../../kubernetes/own-copy.ts";
import type { Network } from "../../layers/network/network.ts";
import { createBoundedMemory } from "./bounded-memory.ts";
import { createEndFinder, type EndOptions, type FoundEnd } from "./find-end.ts";
import { createFlowDiagnostics, WIDENED, type FlowDiagnosticNotes, type FlowDiagnostics } from "./flow-diagnostics.ts";
import type { FlowFormat } from "./format-names.ts";
import type { FlowEnd, FlowRecord } from "./flow-record.ts";
import { createEdgeTable, createEndNumbers, type EndNumber } from "./flow-table.ts";
import { knownPorts } from "./known-ports.ts";
import { observe, type Observation } from "./observation.ts";
import { nameOfEnd, needsOfEdges, type DeniedFlow } from "./observed-needs.ts";
import { readLog, type LogSummary } from "./read-log.ts";
import { openLog } from "./read-lines.ts";
import { serverSideOf } from "./server-side.ts";
import { createUnclearFlows, type UnclearFlow } from "./unclear-flows.ts";

export interface FlowOptions extends EndOptions {
  /** For every log; told by the content of each unless given. */
  readonly format?: FlowFormat;
}

/** A log: a file by its path, or bytes from elsewhere. */
export interface FlowLog {
  readonly name: string;
  /** Where the file is; `name` unless given. */
  readonly path?: string;
  /** Bytes in place of a file. */
  readonly chunks?: AsyncIterable<Buffer>;
}

export interface ObservedFlows extends ObservedNeeds {
  readonly logs: readonly LogSummary[];
  readonly denied: readonly DeniedFlow[];
  readonly diagnostics: FlowDiagnostics;
  /** Something could not be read, or was beyond what is kept: connections may be missing. */
  readonly isIncomplete: boolean;
}

/**
 * Reads logs one after the other. Never throws for what stands in them; memory depends on distinct connections (at most
 * 200,000), not on the length of the logs.
 */
export async function readFlows(
  network: Network,
  logs: readonly FlowLog[],
  options: FlowOptions = {},
): Promise<ObservedFlows> {
  const diagnostics = createFlowDiagnostics();
  const table = createFlowFolder(network, options, diagnostics);
  const summaries: LogSummary[] = [];
  const observations: Observation[] = [];
  for (const [number, { name, path = name, chunks }] of logs.entries()) {
    const observation = observe(name);
    observations.push(observation);
    const take = (record: FlowRecord, line: number): void => {
      observation.saw(record.start, record.end, record.count);
      table.add(record, number, name, line);
    };
    summaries.push(await readLog(name, chunks ?? openLog(path), { format: options.format, take, diagnostics }));
  }
  const folded = table.result(logs.map(({ name }) => name));
  const all = diagnostics.all();
  return {
    ...folded,
    windows: observations.map((one) => one.window()),
    gaps: observations.flatMap((one) => one.gaps()),
    logs: summaries,
    diagnostics: all,
    isIncomplete: [...all.sums.keys()].some((code) => !WIDENED.has(code)),
  };
}

interface FlowFolder {
  readonly add: (record: FlowRecord, log: number, name: string, line: number) => void;
  readonly result: (logs: readonly string[]) => Pick<ObservedFlows, "needs" | "unresolved" | "denied" | "notSeen">;
}

const MOST_REMEMBERED_ENDS = 100_000;

function createFlowFolder(network: Network, options: EndOptions, diagnostics: FlowDiagnosticNotes): FlowFolder {
  const finder = createEndFinder(network, options);
  const ports = knownPorts(network);
  const ends = createEndNumbers();
  const edges = createEdgeTable();
  const unclear = createUnclearFlows();
  const byText = createBoundedMemory<string, DatedNumber>(MOST_REMEMBERED_ENDS);
  const byObject = createBoundedMemory<FlowEnd, DatedNumber>(MOST_REMEMBERED_ENDS);
  const foundNumber = (end: FlowEnd): DatedNumber => {
    const found = finder.find(end);
    return { number: ends.numberOf(found.end), since: found.since };
  };
  const numberByText = (end: FlowEnd): DatedNumber => {
    const key = textOfEnd(end);
    const known = byText.get(key);
    if (known !== undefined) return known;
    const dated = foundNumber(end);
    if (byText.hasRoom()) byText.set(key, dated);
    return dated;
  };
  const datedNumberOf = (end: FlowEnd): DatedNumber => {
    if (end.isRemembered !== true) return numberByText(end);
    const known = byObject.get(end);
    if (known !== undefined) return known;
    const dated = foundNumber(end);
    if (byObject.hasRoom()) byObject.set(end, dated);
    return dated;
  };
  const numberOf = (end: FlowEnd, { start }: FlowRecord): EndNumber | undefined => {
    const { number, since } = datedNumberOf(end);
    if (since === undefined || !(start < since)) return number;
    return ends.numberOf({ kind: "unknown", name: ownCopy(end.address ?? "?") });
  };
  return {
    add: (record, log, name, line) => {
      const source = numberOf(record.source, record);
      const destination = numberOf(record.destination, record);
      if (source === undefined || destination === undefined) {
        diagnostics.add("too-many-connections", name, line, "");
        return;
      }
      const side = serverSideOf(record, ends.all[source] ?? LOST, ends.all[destination] ?? LOST, ports);
      if (side === "unclear") {
        if (!unclear.add(source, destination, record, log)) diagnostics.add("too-many-unclear", name, line, "");
        return;
      }
      const isKept =
        side === "destination"
          ? edges.add(source, destination, record.destinationPort, record, log)
          : record.sourcePort === 0 || edges.add(destination, source, record.sourcePort, record, log);
      if (!isKept) diagnostics.add("too-many-connections", name, line, "");
    },
    result: (logs) => {
      const settled = unclear.settle();
      const found = needsOfEdges(network, [...edges.all(), ...settled.edges], ends.all, logs);
      for (const workload of found.manyAddresses) diagnostics.add("many-addresses", "", undefined, workload);
      for (const workload of found.manyPorts) diagnostics.add("many-ports", "", undefined, workload);
      return {
        needs: found.needs,
        denied: found.denied,
        unresolved: [
          ...found.unresolved,
          ...settled.unclear.slice(0, MOST_UNCLEAR).map((one) => unclearFlow(one, ends.all)),
        ],
        notSeen: notSeenOf(network, ends.all),
      };
    },
  };
}

interface DatedNumber {
  /** Absent when there are too many ends. */
  readonly number: EndNumber | undefined;
  /** Before that the address was another's; milliseconds since 1970. */
  readonly since: number | undefined;
}

/** Equal for ends that are found equally. */
function textOfEnd({ namespace, entity, address, pod, workload, labels }: FlowEnd): string {
  if (namespace === undefined) return `${entity}|${address}`;
  const own = `${namespace}/${pod}/${workload}`;
  return pod === undefined && workload === undefined && labels !== undefined ? `${own} ${labels.join()}` : own;
}

const LOST: FoundEnd = { kind: "unknown", name: "?" };
const MOST_UNCLEAR = 1000;

function unclearFlow({ from, to, protocol, port, flows }: UnclearFlow, ends: readonly FoundEnd[]): UnresolvedFlow {
  return {
    source: nameOfEnd(ends[from] ?? LOST),
    destination: nameOfEnd(ends[to] ?? LOST),
    protocol,
    port,
    flows,
    code: "unclear-direction",
  };
}

const JOB_KINDS: ReadonlySet<string> = new Set(["Job", "CronJob", "ScaledJob", "BroadcastJob", "AdvancedCronJob"]);

/** Workloads of which no flow told, denied ones included. */
function notSeenOf(network: Network, ends: readonly FoundEnd[]): readonly NotSeen[] {
  const seen = new Set(ends.flatMap((end) => (end.kind === "workload" ? [end.id] : [])));
  return network.workloads
    .filter(({ id }) => !seen.has(id))
    .map(({ id, kind }) => ({ workload: id, code: JOB_KINDS.has(kind) ? "job" : "silent" }));
}
