// Calico flow logs: the JSON of Calico Enterprise (docs.tigera.io, "Flow log data types"), of Goldmane's API
// (github.com/projectcalico/calico goldmane/proto/api.proto) and of Whisker. One fact has a name per product and per
// JSON style, so fields are looked up by their letters alone.

import {
  flowProblem,
  NO_PORTS,
  type FlowEnd,
  type FlowEntity,
  type FlowReading,
  type FlowRecord,
  type FlowVerdict,
} from "./flow-record.ts";
import { readPort, readProtocol } from "./flow-protocol.ts";
import { readTime } from "./flow-time.ts";
import { isJsonObject, type JsonObject } from "./json-fields.ts";

/** By lower-case letters: `source_name_aggr`, `sourceNameAggr` and `SourceNameAggr` are one. */
const fieldNames = new Map<string, string>();
const MOST_FIELD_NAMES = 10_000;

function lettersOf(field: string): string {
  let letters = fieldNames.get(field);
  if (letters === undefined) {
    letters = field.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase();
    if (fieldNames.size < MOST_FIELD_NAMES) fieldNames.set(field, letters);
  }
  return letters;
}

type Fields = ReadonlyMap<string, unknown>;

function fieldsOf(value: JsonObject, fields = new Map<string, unknown>()): Map<string, unknown> {
  for (const field of Object.keys(value)) fields.set(lettersOf(field), value[field]);
  for (const inner of ["key", "flow", "source"]) {
    const below = fields.get(inner);
    if (!isJsonObject(below)) continue; // Goldmane's flow has its key inside, an Elasticsearch hit its source
    fields.delete(inner);
    fieldsOf(below, fields);
  }
  return fields;
}

export function isCalico(value: JsonObject): boolean {
  const fields = fieldsOf(value);
  return fields.has("action") && (fields.has("sourcenameaggr") || fields.has("sourcename")) && fields.has("reporter");
}

/** What is of Goldmane and Whisker has no `_aggr` names. */
export function isGoldmane(value: JsonObject): boolean {
  return isCalico(value) && !fieldsOf(value).has("sourcenameaggr");
}

export function readCalico(value: JsonObject): FlowReading {
  const fields = fieldsOf(value);
  const wrong = wrongType(fields);
  if (wrong !== undefined) return flowProblem("wrong-type", wrong);
  const protocolText = textOf(fields, "proto") ?? textOf(fields, "protocol") ?? "";
  const protocol = readProtocol(protocolText);
  if (protocol === undefined) return flowProblem("invalid-protocol", protocolText);
  if (protocol === "no-ports") return NO_PORTS;
  const destinationPort = readPort(fields.get("destport"));
  if (destinationPort === undefined) return flowProblem("invalid-port", textOf(fields, "destport") ?? "");
  const verdict = verdictOf(fields);
  if (verdict === undefined) return flowProblem("invalid-verdict", textOf(fields, "action") ?? "");
  const record: FlowRecord = {
    source: endOf(fields, "source"),
    destination: endOf(fields, "dest"),
    protocol,
    sourcePort: readPort(fields.get("sourceport")) ?? 0,
    destinationPort,
    isReply: false, // connections are logged from the side that began
    verdict,
    seenAt: /^dst|^dest/i.test(textOf(fields, "reporter") ?? "") ? "destination" : "source",
    count: countOf(fields),
    start: readTime(fields.get("starttime")),
    end: readTime(fields.get("endtime")),
  };
  return { kind: "flow", record };
}

const TEXTS = [
  "sourcename",
  "sourcenameaggr",
  "sourcenamespace",
  "destname",
  "destnameaggr",
  "destnamespace",
  "action",
];

function wrongType(fields: Fields): string | undefined {
  const wrong = TEXTS.find((field) => fields.get(field) != null && typeof fields.get(field) !== "string");
  return wrong === undefined ? undefined : `${wrong}: string expected`;
}

/** The text of a field; `-` and the empty text stand for nothing. */
function textOf(fields: Fields, field: string): string | undefined {
  const value = fields.get(field);
  if (typeof value === "number") return `${value}`;
  return typeof value === "string" && value !== "" && value !== "-" ? value : undefined;
}

function verdictOf(fields: Fields): FlowVerdict | undefined {
  const action = textOf(fields, "action")?.toLowerCase();
  if (action === "deny" || action === "denied") return "denied";
  if (action !== "allow" && action !== "allowed") return undefined;
  return "allowed";
}

function countOf(fields: Fields): number {
  for (const field of ["numflows", "numconnectionsstarted"]) {
    const count = Number(fields.get(field) ?? 0);
    if (Number.isSafeInteger(count) && count > 0) return count;
  }
  return 1;
}

const NODE_TYPES: ReadonlySet<string> = new Set(["hep", "hostendpoint"]);
const WORKLOAD_TYPES: ReadonlySet<string> = new Set(["wep", "workloadendpoint"]);

function endOf(fields: Fields, side: "source" | "dest"): FlowEnd {
  const address = textOf(fields, `${side}ip`);
  const namespace = textOf(fields, `${side}namespace`);
  const name = textOf(fields, `${side}name`) ?? textOf(fields, `${side}nameaggr`);
  const type = (textOf(fields, `${side}type`) ?? "").toLowerCase();
  const labels = labelsOf(fields.get(`${side}labels`));
  if (namespace !== undefined && name !== undefined && (type === "" || WORKLOAD_TYPES.has(type))) {
    return {
      namespace,
      pod: name,
      ...(address === undefined ? {} : { address }),
      ...(labels.length > 0 ? { labels } : {}),
    };
  }
  const entity = entityOf(type, name);
  if (address === undefined && entity === undefined && name !== undefined) return { address: name };
  return { ...(address === undefined ? {} : { address }), ...(entity === undefined ? {} : { entity }) };
}

function entityOf(type: string, name: string | undefined): FlowEntity | undefined {
  if (NODE_TYPES.has(type)) return "node";
  return name === "pub" || name === "PUBLIC NETWORK" ? "outside" : undefined; // a private one may be anybody's
}

/** `{"labels": ["a=b"]}`, `["a=b"]` or `a=b | c=d`. */
function labelsOf(value: unknown): readonly string[] {
  const list = isJsonObject(value) ? value["labels"] : value;
  if (typeof list === "string") return list.split(" | ").filter((label) => label.includes("="));
  return Array.isArray(list) ? list.filter((label): label is string => typeof label === "string") : [];
}
