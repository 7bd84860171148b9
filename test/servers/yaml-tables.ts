// The recorded answers of Kubernetes' own YAML reading (src/sources/manifests/*-table.json), and the program that gives
// them. Add an entry with its input only, then run `node test/servers/yaml-tables.ts` to record its answers.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serverBinary } from "./build.ts";

/** JSON text of a result, its length and checksum where it is long, or the error's text. */
interface Result {
  readonly json?: string;
  readonly jsonLength?: number;
  readonly jsonSha256?: string;
  readonly error?: string;
}

/** What `value: <scalar>` and `<scalar>: 1` mean; the key is left out where that is no mapping of one entry. */
export interface ScalarEntry extends Result {
  readonly scalar: string;
  readonly keyJson?: string;
  readonly keyError?: string;
}

/** A text: as it is, as base64 where it is not UTF-8, or as parts with how often each is repeated. */
type DocumentText =
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly parts: readonly (readonly [text: string, times: number])[] };

/** The result is YAMLToJSON's; `strict` is YAMLToJSONStrict's where it differs; `stream` is what kubectl reads. */
export type DocumentEntry = DocumentText & Result & Recorded;
interface Recorded {
  readonly name: string;
  readonly strict?: Result;
  readonly stream: readonly Result[];
}

interface Tables {
  readonly scalars: readonly ScalarEntry[];
  readonly documents: readonly DocumentEntry[];
}

interface Answer {
  readonly value?: Result;
  readonly key?: Result;
  readonly document?: Result;
  readonly strict?: Result;
  readonly stream?: readonly Result[];
}

const FOLDER = join(import.meta.dirname, "../../src/sources/manifests");
const LONGEST_JSON = 400;
const OTHER_MEANING = "not one entry: ";

export function readTables(): Tables {
  return {
    scalars: readTable("scalar-table.json") as readonly ScalarEntry[], // written by the code below
    documents: readTable("document-table.json") as readonly DocumentEntry[],
  };
}

function readTable(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name), "utf8"));
}

/** The same tables with every answer asked again. */
export async function askTables({ scalars, documents }: Tables): Promise<Tables> {
  const texts = documents.map((entry) => ({ document: bytesOf(entry).toString("base64") }));
  const answers = await ask([...scalars.map(({ scalar }) => ({ scalar })), ...texts]);
  return {
    scalars: scalars.map(({ scalar }, index) => scalarEntry(scalar, answers[index] ?? {})),
    documents: documents.map((entry, index) => documentEntry(entry, answers[scalars.length + index] ?? {})),
  };
}

/** The bytes of a document of the table. */
export function bytesOf(entry: DocumentText): Buffer {
  if ("base64" in entry) return Buffer.from(entry.base64, "base64");
  if ("text" in entry) return Buffer.from(entry.text);
  return Buffer.from(entry.parts.map(([text, times]) => text.repeat(times)).join(""));
}

function scalarEntry(scalar: string, { value = {}, key = {} }: Answer): ScalarEntry {
  if (key.error?.startsWith(OTHER_MEANING)) return { scalar, ...value };
  return { scalar, ...value, ...(key.error === undefined ? { keyJson: key.json ?? "" } : { keyError: key.error }) };
}

function documentEntry(entry: DocumentEntry, { document = {}, strict = {}, stream = [] }: Answer): DocumentEntry {
  const input: DocumentText =
    "base64" in entry ? { base64: entry.base64 } : "text" in entry ? { text: entry.text } : { parts: entry.parts };
  const isSame = JSON.stringify(strict) === JSON.stringify(document);
  const difference = isSame ? {} : { strict: shortened(strict) };
  return { name: entry.name, ...input, ...shortened(document), ...difference, stream: stream.map(shortened) };
}

function shortened(result: Result): Result {
  if (result.json === undefined || result.json.length <= LONGEST_JSON) return result;
  const jsonSha256 = createHash("sha256").update(result.json).digest("hex");
  return { jsonLength: result.json.length, jsonSha256 };
}

async function ask(requests: readonly object[]): Promise<readonly Answer[]> {
  const binary = await serverBinary("yaml-scalars");
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile(binary, { maxBuffer: 1 << 30 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(""));
  });
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer); // the contract of main.go
}

if (import.meta.main) {
  const { scalars, documents } = await askTables(readTables());
  const write = (name: string, entries: readonly object[]): void =>
    writeFileSync(join(FOLDER, name), `[\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n")}\n]\n`);
  write("scalar-table.json", scalars);
  write("document-table.json", documents);
}
