import { expect, test } from "vitest";
import documents from "./document-table.json" with { type: "json" };
import { readManifestStream, type SourceItem } from "./manifest-source.ts";

interface Row {
  readonly name: string;
  readonly text?: string;
  readonly base64?: string;
  readonly parts?: readonly (readonly [string, number])[];
  readonly stream?: readonly { readonly json?: string; readonly error?: string; readonly jsonSha256?: string }[];
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Buffer,
  size = Math.max(1, bytes.length),
  extension = ".yaml",
): Promise<readonly SourceItem[]> {
  const items: SourceItem[] = [];
  for await (const group of readManifestStream(inChunks(bytes, size), "t", extension)) items.push(...group);
  return items;
}

// Where this reader is meant to differ from kubectl's: it says more, or reads on where kubectl stops.
const DIFFERENCES: readonly (readonly [RegExp, string])[] = [
  [/duplicate|override of the same key twice/i, "kubectl warns or keeps the last; here a diagnostic"],
  [
    /list|items?$|^nested|deeper item|ordered map|block lists|pair|flow plain|compact nested/i,
    "a top-level array is read as its elements",
  ],
  [
    /separator|dashes at column 0|rubbish|document end|directive|broken|JSON after/i,
    "kubectl stops at the first such line; the rest is still read here",
  ],
  [/tab /i, "blank and comment lines may hold tabs in YAML 1.2"],
  [/line character|separator character|CR only/i, "YAML 1.1 line breaks"],
  [/mark/i, "a byte order mark inside the stream; UTF-16 is diagnosed as binary"],
  [/key/i, "keys that no Kubernetes object has: floats, null, infinities, over 1,024 characters, aliases"],
  [/alias/i, "aliases are counted after expansion: up to 1,000,000 nodes"],
  [/deep/i, "nesting over 1,000 levels is diagnosed"],
  [/comment/i, "a comment needs a blank before it; JSON has none"],
  [/less indentation/i, "goyaml reads up to the first line it cannot place"],
  [/mapping/i, "goyaml's simple-key limit; a mapping as a key"],
];

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}

const rows = (documents as unknown as readonly Row[]).filter((row) => row.parts === undefined);

async function outcomesOf(row: Row): Promise<{ got: readonly string[]; wanted: readonly string[] }> {
  const items = await read(row.base64 === undefined ? Buffer.from(row.text ?? "") : Buffer.from(row.base64, "base64"));
  const got = items
    .map((item) => (item.kind === "gap" ? "error" : JSON.stringify(sorted(item.value))))
    .filter((text) => text !== "null");
  const wanted = (row.stream ?? []).map(({ json }) =>
    json === undefined ? "error" : JSON.stringify(sorted(JSON.parse(json))),
  );
  return { got, wanted };
}

test("documents read as kubectl reads them, but for the listed differences", async () => {
  const different: string[] = [];
  for (const row of rows) {
    const { got, wanted } = await outcomesOf(row);
    if (JSON.stringify(got) !== JSON.stringify(wanted) && !DIFFERENCES.some(([pattern]) => pattern.test(row.name)))
      different.push(row.name);
  }
  expect(different).toEqual([]);
  expect(rows.length).toBeGreaterThan(300);
});

test("three in four documents agree outright, so the list of differences hides little", async () => {
  let same = 0;
  for (const row of rows) {
    const { got, wanted } = await outcomesOf(row);
    if (JSON.stringify(got) === JSON.stringify(wanted)) same++;
  }
  expect(same / rows.length).toBeGreaterThan(0.75);
});

const text =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: "ä😀"}\n---\n# only a comment\n---\na: |\n  ---x\n  text\n---\r\nb: 2\n';

test.each([1, 2, 3, 5, 7, 64])("chunks of %d bytes give the same documents and positions", async (size) => {
  const shape = (items: readonly SourceItem[]): unknown =>
    items.map((item) =>
      item.kind === "value" ? [item.value, item.locate([]), item.locate(["metadata", "name"])] : item.gap,
    );
  expect(shape(await read(Buffer.from(text), size))).toEqual(shape(await read(Buffer.from(text))));
  const json = Buffer.from(
    JSON.stringify({ apiVersion: "v1", kind: "List", items: [{ a: 'ä😀\\"' }, { b: [1, { c: 2 }] }] }, null, 1),
  );
  expect(shape(await read(json, size, ".json"))).toEqual(shape(await read(json, json.length, ".json")));
});

test.each([1, 2, 3, 7, 1000])(
  "JSON followed by YAML documents is read on as YAML, in chunks of %d bytes",
  async (size) => {
    const mixed =
      '{"kind":"ConfigMap"}\n{"kind":"Job"}\n---\nkind: ServiceAccount\nmetadata: {name: b}\nlist: [{name: c}]\n---\n{"kind":"Last"}\n';
    for (const extension of [".yaml", ".json"]) {
      const items = await read(Buffer.from(mixed), size, extension);
      expect(items.map((item) => (item.kind === "value" ? item.value : item.gap))).toEqual([
        { kind: "ConfigMap" },
        { kind: "Job" },
        { kind: "ServiceAccount", metadata: { name: "b" }, list: [{ name: "c" }] },
        { kind: "Last" },
      ]);
      const account = items[2];
      expect(account?.kind === "value" && account.locate(["metadata", "name"])).toMatchObject({ line: 5 });
    }
  },
);
