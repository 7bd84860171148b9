// Flows of Cilium as `hubble observe -o json` (or `-o jsonpb`) prints them: `{"flow": {…}}`, or the bare flow of older
// versions (github.com/cilium/cilium api/v1/flow/flow.proto).

import {
  flowProblem,
  NO_FLOW,
  NO_PORTS,
  type FlowEnd,
  type FlowEntity,
  type FlowReading,
  type FlowVerdict,
} from "./flow-record.ts";
import { readPort } from "./flow-protocol.ts";
import { readTime } from "./flow-time.ts";
import { createJsonFields, type JsonFields, type JsonObject } from "./json-fields.ts";

const VERDICTS: ReadonlyMap<string, FlowVerdict> = new Map([
  ["FORWARDED", "allowed"],
  ["REDIRECTED", "allowed"],
  ["TRACED", "allowed"],
  ["TRANSLATED", "allowed"],
  ["AUDIT", "audited"],
  ["DROPPED", "denied"],
]);

/** Cilium's reserved identities (pkg/identity/numericidentity.go); health checks and unmanaged ends have no policy. */
const ENTITIES: ReadonlyMap<string, FlowEntity> = new Map([
  ["reserved:kube-apiserver", "api-server"],
  ["reserved:host", "node"],
  ["reserved:remote-node", "node"],
  ["reserved:ingress", "ingress"],
  ["reserved:world", "outside"],
  ["reserved:world-ipv4", "outside"],
  ["reserved:world-ipv6", "outside"],
]);

const fields: JsonFields = createJsonFields();
const PROTOCOLS = ["TCP", "UDP", "SCTP"] as const;

export function isHubble(value: JsonObject): boolean {
  const flow = value["flow"] ?? value;
  if (typeof flow !== "object" || flow === null) return "lost_events" in value || "node_status" in value;
  return "verdict" in flow && ("l4" in flow || "IP" in flow || "traffic_direction" in flow || "event_type" in flow);
}

/** Reads one line's value. */
export function readHubble(value: JsonObject): FlowReading {
  const lost = fields.object(value, "lost_events") ?? fields.object(fields.object(value, "flow"), "lost_events");
  if (lost !== undefined)
    return { kind: "lost", count: Number(lost["num_events_lost"] ?? lost["numEventsLost"] ?? 1) || 1 };
  const flow = fields.object(value, "flow") ?? ("verdict" in value ? value : undefined);
  if (flow === undefined) return wrongTypeOr(NO_FLOW);
  const reading = readFlow(flow, readTime(flow["time"] ?? value["time"]));
  return wrongTypeOr(reading);
}

function wrongTypeOr(reading: FlowReading): FlowReading {
  const problem = fields.takeProblem();
  return problem === undefined ? reading : flowProblem("wrong-type", problem);
}

function readFlow(flow: JsonObject, time: number): FlowReading {
  const verdictText = fields.text(flow, "verdict") ?? "";
  const verdict = VERDICTS.get(verdictText);
  if (verdict === undefined) return verdictText === "ERROR" ? NO_FLOW : flowProblem("invalid-verdict", verdictText);
  const l4 = fields.object(flow, "l4");
  if (l4 === undefined) return NO_FLOW;
  const protocol = PROTOCOLS.find((one) => one in l4);
  if (protocol === undefined) return NO_PORTS;
  const ports = fields.object(l4, protocol);
  const destinationPort = readPort(ports?.["destination_port"]);
  if (destinationPort === undefined)
    return flowProblem("invalid-port", JSON.stringify(ports?.["destination_port"] ?? null));
  const addresses = fields.object(flow, "IP");
  const isReply = replyOf(flow, fields.object(ports, "flags"));
  const record = {
    source: endOf(fields.object(flow, "source"), fields.text(addresses, "source")),
    destination: endOf(fields.object(flow, "destination"), fields.text(addresses, "destination")),
    protocol,
    sourcePort: readPort(ports?.["source_port"]) ?? 0,
    destinationPort,
    ...(isReply === undefined ? {} : { isReply }),
    verdict,
    seenAt: fields.text(flow, "traffic_direction") === "INGRESS" ? ("destination" as const) : ("source" as const),
    count: 1,
    start: time,
    end: time,
  };
  return { kind: "flow", record };
}

/** Said by the flow itself; else by the handshake, which only the side that began opens with SYN alone. */
function replyOf(flow: JsonObject, flags: JsonObject | undefined): boolean | undefined {
  const said = fields.flag(flow, "is_reply") ?? (flow["reply"] === true ? true : undefined);
  if (said !== undefined || flags?.["SYN"] !== true) return said;
  return flags["ACK"] === true;
}

function endOf(end: JsonObject | undefined, address: string | undefined): FlowEnd {
  const namespace = fields.text(end, "namespace");
  const pod = fields.text(end, "pod_name");
  const labels = fields.texts(end, "labels");
  const workload = namespace ? workloadOf(end) : undefined;
  const entity = namespace ? undefined : entityOf(labels, end?.["identity"]);
  return {
    ...(address ? { address } : {}),
    ...(namespace ? { namespace } : {}),
    ...(pod ? { pod } : {}),
    ...(workload === undefined ? {} : { workload }),
    ...(labels !== undefined && entity === undefined ? { labels } : {}),
    ...(entity === undefined ? {} : { entity }),
  };
}

function workloadOf(end: JsonObject | undefined): string | undefined {
  const [first] = fields.list(end, "workloads") ?? [];
  if (typeof first !== "object" || first === null) return undefined;
  const { name, kind } = first as JsonObject; // any object has string keys
  if (typeof name !== "string" || name === "") return undefined;
  return typeof kind === "string" && kind !== "" ? `${name}[${kind}]` : name;
}

const BY_IDENTITY: ReadonlyMap<unknown, FlowEntity> = new Map<unknown, FlowEntity>([
  [1, "node"],
  [2, "outside"],
  [6, "node"],
  [7, "api-server"],
  [8, "ingress"],
  [9, "outside"],
  [10, "outside"],
]);

/** An API server's node has two labels: being the API server counts. */
function entityOf(labels: readonly string[] | undefined, identity: unknown): FlowEntity | undefined {
  let found: FlowEntity | undefined;
  for (const label of labels ?? []) {
    const entity = ENTITIES.get(label);
    if (entity === "api-server") return entity;
    found ??= entity;
  }
  return found ?? BY_IDENTITY.get(identity);
}
