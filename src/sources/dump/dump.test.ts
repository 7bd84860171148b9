import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { attachManagedFields } from "../api/managed-fields.ts";
import type { DumpGap, DumpHeader } from "./dump-format.ts";
import { DumpError } from "./dump-error.ts";
import { readDump, startsLikeDump, type DumpEvent } from "./read-dump.ts";
import { dumpText, gzippedDump, type DumpEntry } from "./write-dump.ts";

const HEADER: DumpHeader = {
  server: "https://10.0.0.1:6443",
  kubernetesVersion: "v1.36.3",
  takenAt: "2026-11-24T12:00:00Z",
  tool: "0.1.0",
  namespaces: [],
};
const POD: KubernetesObject = { apiVersion: "v1", kind: "Pod", metadata: { name: "web", resourceVersion: "42" } };
const GAP: DumpGap = {
  code: "api/forbidden",
  what: "nodes",
  reason: { id: "api/forbidden", arguments: { words: "no" } },
};

async function written(entries: readonly DumpEntry[], header = HEADER): Promise<string> {
  let text = "";
  for await (const chunk of dumpText(header, entries)) text += chunk;
  return text;
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(bytes: Uint8Array, size = 1024): Promise<readonly DumpEvent[]> {
  const events: DumpEvent[] = [];
  for await (const event of readDump(inChunks(bytes, size), "shop.dump")) events.push(event);
  return events;
}

async function errorOf(bytes: Uint8Array | string): Promise<DumpError> {
  const error: unknown = await readAll(Buffer.from(bytes)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DumpError)) throw new Error(`expected a DumpError, got ${String(error)}`);
  return error;
}

const text = fc.string({ unit: "grapheme" });
const managed = fc.option(fc.array(fc.dictionary(text, text)), { nil: undefined });
const object = fc.record({
  apiVersion: fc.constantFrom("v1", "apps/v1", "example.org/v1"),
  kind: fc.constantFrom("Pod", "Deployment", "ConfigMap"),
  metadata: fc.record({ name: text, resourceVersion: text, labels: fc.dictionary(text, text) }),
  spec: fc.jsonValue(),
});
const entry: fc.Arbitrary<DumpEntry> = fc.oneof(
  fc.tuple(object, managed).map(([value, fields]): DumpEntry => {
    const plain = JSON.parse(JSON.stringify(value)) as KubernetesObject; // as read from a server: no -0, no undefined
    return { kind: "object", object: plain, managedFields: fields === undefined ? undefined : JSON.stringify(fields) };
  }),
  fc.record({ code: text, what: text }).map((gap): DumpEntry => ({ kind: "gap", gap: { ...GAP, ...gap } })),
);

test("what was written is read back, zipped or not, whatever the chunks", async () => {
  const property = fc.asyncProperty(
    fc.array(entry),
    fc.boolean(),
    fc.integer({ min: 1, max: 200 }),
    async (entries, isZipped, size) => {
      const plain = Buffer.from(await written(entries));
      const [header, ...rest] = await readAll(isZipped ? gzipSync(plain) : plain, size);
      expect(header).toEqual({ kind: "header", header: HEADER });
      const back = rest.map((event) => {
        if (event.kind !== "object") return event;
        const { managedFields } = event.provenance;
        const value = event.value as KubernetesObject; // one of those written
        expect(event.provenance).toMatchObject({
          kind: "server",
          server: HEADER.server,
          resourceVersion: value.metadata?.resourceVersion,
        });
        return { kind: "object", object: value, managedFields };
      });
      expect(back).toEqual(entries);
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

test("a dump is lines of plain objects that other tools read", async () => {
  const managedFields = '[{"manager":"kubectl"}]';
  const lines = (
    await written([
      { kind: "object", object: POD, managedFields },
      { kind: "gap", gap: GAP },
    ])
  ).split("\n");
  expect(lines).toHaveLength(5);
  expect(startsLikeDump(lines[0] ?? "")).toBe(true);
  expect(JSON.parse(lines[1] ?? "")).toEqual(attachManagedFields(POD, managedFields));
  expect(JSON.parse(lines[3] ?? "")).toEqual({ schema: "ringwall.dump.end/v1", objects: 1, gaps: 1 });
});

test("the zipped stream is gzip of the text", async () => {
  const entries: DumpEntry[] = Array.from({ length: 3000 }, () => ({ kind: "object", object: POD }));
  const chunks: Uint8Array[] = [];
  for await (const chunk of gzippedDump(dumpText(HEADER, entries))) chunks.push(chunk);
  expect(gunzipSync(Buffer.concat(chunks)).toString()).toBe(await written(entries));
});

async function* broken(): AsyncGenerator<DumpEntry> {
  yield { kind: "object", object: POD };
  throw new Error("the server went away");
}

test("an error among the entries reaches who writes the file", async () => {
  const reading = (async () => {
    for await (const chunk of gzippedDump(dumpText(HEADER, broken()))) expect(chunk).toBeDefined();
  })();
  await expect(reading).rejects.toThrow("the server went away");
});

test("a dump cut anywhere is an error, zipped or not", async () => {
  const plain = Buffer.from(
    await written([
      { kind: "object", object: POD },
      { kind: "gap", gap: GAP },
    ]),
  );
  for (const bytes of [plain, gzipSync(plain)]) {
    // The closing newline alone may be missing: everything is there.
    for (let length = 0; length < bytes.length - 1; length++) {
      const { code } = await errorOf(bytes.subarray(0, length));
      expect(["truncated", "not-a-dump"], `cut after ${length} bytes`).toContain(code);
    }
  }
});

test.each([
  [
    "a newer format",
    '{"schema":"ringwall.dump/v2"}\n',
    "shop.dump: a dump of format version 2, which this Ringwall does not read (it reads 1); use a newer Ringwall",
  ],
  ["another file", "apiVersion: v1\nkind: Pod\n", "shop.dump: not a Ringwall dump"],
  ["other JSON", '{"kind":"Pod"}\n', "shop.dump: not a Ringwall dump"],
  ["nothing", "", "shop.dump: not a Ringwall dump"],
])("%s is refused with one clear line", async (_, content, words) => {
  expect((await errorOf(content)).message).toBe(words);
});

test("a damaged line is told by its number, without quoting it", async () => {
  const lines = (await written([{ kind: "object", object: POD }])).split("\n");
  const { message } = await errorOf([lines[0], '{"data": s3cr3t', ...lines.slice(1)].join("\n"));
  expect(message).toBe("shop.dump:2: the dump is damaged here (no JSON object); take it again");
});

test("a dump from which a line was lost is damaged", async () => {
  const lines = (await written([{ kind: "object", object: POD }])).split("\n");
  expect((await errorOf([lines[0], ...lines.slice(2)].join("\n"))).code).toBe("wrong-count");
});

test("a byte order mark before a dump takes none of its gaps away", async () => {
  const marked = Buffer.from(`\ufeff${await written([{ kind: "gap", gap: GAP }])}`);
  expect(startsLikeDump(marked.toString("utf8"))).toBe(true);
  for (const bytes of [marked, gzipSync(marked)])
    expect((await readAll(bytes)).map(({ kind }) => kind)).toEqual(["header", "gap"]);
});
