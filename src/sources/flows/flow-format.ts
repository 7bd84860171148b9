// The formats of flow logs: told by what the first lines hold, or named by the person.

import { isAwsCni, readAwsCni } from "./aws-cni.ts";
import { createAwsVpcReader, isAwsVpc } from "./aws-vpc.ts";
import { isCalico, isGoldmane, readCalico } from "./calico.ts";
import type { FlowFormat } from "./format-names.ts";
import { createFlowCsvReader, isFlowCsv } from "./flow-csv.ts";
import { flowProblem, NO_FLOW, type FlowReading } from "./flow-record.ts";
import { isHubble, readHubble } from "./hubble.ts";
import { isJsonObject, type JsonObject } from "./json-fields.ts";

const JSON_FORMATS: ReadonlySet<FlowFormat> = new Set<FlowFormat>(["hubble", "calico", "goldmane"]);

export function isJsonFormat(format: FlowFormat): boolean {
  return JSON_FORMATS.has(format);
}

/** The format of one line or JSON value; `undefined` when it says nothing. */
export function detectFlowFormat(text: string): FlowFormat | undefined {
  const start = text.trimStart();
  if (start.startsWith("{") || start.startsWith("[")) {
    const [first] = valuesIn(parsed(start));
    if (first !== undefined) {
      if (isHubble(first)) return "hubble";
      if (isGoldmane(first)) return "goldmane";
      if (isCalico(first)) return "calico";
    }
  }
  if (isAwsCni(text)) return "aws-cni";
  if (isAwsVpc(text)) return "aws-vpc";
  return isFlowCsv(text) ? "csv" : undefined;
}

/** Reads one line or JSON value of a file; formats with headings remember them, so each file has its own reader. */
export type FlowReader = (text: string, take: (reading: FlowReading) => void) => void;

export function createFlowReader(format: FlowFormat): FlowReader {
  switch (format) {
    case "hubble":
      return jsonReader(readHubble);
    case "calico":
    case "goldmane":
      return jsonReader(readCalico);
    case "aws-cni":
      return (text, take) => take(readAwsCni(text));
    case "aws-vpc":
      return lineReader(createAwsVpcReader());
    case "csv":
      return lineReader(createFlowCsvReader());
  }
}

function lineReader(read: (line: string) => FlowReading): FlowReader {
  return (text, take) => take(read(text));
}

function jsonReader(read: (value: JsonObject) => FlowReading): FlowReader {
  return (text, take) => {
    const value = parsed(text);
    if (value === undefined) return take(flowProblem("malformed", text));
    if (!isJsonObject(value) && !Array.isArray(value)) return take(flowProblem("wrong-type", text));
    const values = valuesIn(value);
    if (values.length === 0) return take(NO_FLOW);
    for (const one of values) take(read(one));
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value itself, or the flows of an envelope: a list, `items` (Whisker), `flows`, the hits of Elasticsearch. */
function valuesIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.filter(isJsonObject);
  if (!isJsonObject(value)) return [];
  const hits = value["hits"];
  const list = value["items"] ?? value["flows"] ?? (isJsonObject(hits) ? hits["hits"] : undefined);
  return Array.isArray(list)
    ? list.map((one: unknown) => unwrapped(one)).filter(isJsonObject)
    : [unwrapped(value)].filter(isJsonObject);
}

function unwrapped(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const source = value["_source"] ?? value["result"];
  return isJsonObject(source) ? source : value;
}
