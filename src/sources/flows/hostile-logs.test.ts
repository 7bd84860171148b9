import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import fc from "fast-check";
import { logOf, needTexts, observed, flowWorld } from "./flow-world.fixture.ts";
import { FLOW_FORMATS } from "./format-names.ts";
import { readFlows, type ObservedFlows } from "./read-flows.ts";

const GOOD = "shop/web,shop/db-0,TCP,5432";
const NEED = ["shop/web[Deployment] > shop/db[StatefulSet] TCP 5432"];

function notes({ diagnostics }: ObservedFlows): readonly string[] {
  return diagnostics.first.map(({ code, file, line }) => `${file}:${line ?? ""} ${code}`);
}

test("each wrong line is told with its number, and the others count", async () => {
  const lines = [
    GOOD,
    "shop/web,shop/db-0,TCP",
    "shop/web,shop/db-0,TCP,70000",
    "shop/web,shop/db-0,QUIC,443",
    "shop/web,,TCP,80",
    "shop/web,shop/db-0,ICMP,1",
    "",
    GOOD,
  ];
  const result = await observed(lines.join("\n"), { format: "csv" });
  expect(notes(result)).toEqual([
    "test.log:2 wrong-columns",
    "test.log:3 invalid-port",
    "test.log:4 invalid-protocol",
    "test.log:5 malformed",
  ]);
  expect(needTexts(result)).toEqual(NEED);
  expect(result.logs[0]).toMatchObject({ lines: 8, flows: 2, withoutPorts: 1 });
  expect(result.isIncomplete).toBe(true);
});

test("of many wrong lines the first are listed, all are counted", async () => {
  const result = await observed(`${GOOD}\n${"x,y\n".repeat(1000)}`);
  expect(result.diagnostics.first).toHaveLength(10);
  expect(result.diagnostics.sums.get("wrong-columns")).toBe(1000);
});

test("a truncated last line, bytes that are no UTF-8 and wrong types are told, not thrown", async () => {
  const flow = {
    verdict: "FORWARDED",
    l4: { TCP: { destination_port: 5432 } },
    source: { namespace: "shop", pod_name: "web-6d5f8c9b7d-abcde" },
    destination: { namespace: "shop", pod_name: "db-1" },
    is_reply: false,
  };
  const good = JSON.stringify({ flow });
  const wrongTypes = [
    { flow: { ...flow, verdict: 7 } },
    { flow: { ...flow, l4: [] } },
    { flow: { ...flow, source: "web" } },
    { flow: { ...flow, destination: { namespace: "shop", labels: [1] } } },
    { flow: 1 },
    [],
    7,
  ].map((value) => JSON.stringify(value));
  const bytes = Buffer.concat([
    Buffer.from(`${good}\n`),
    Buffer.from([0x7b, 0xff, 0xfe, 0x0a]),
    Buffer.from(`${wrongTypes.join("\n")}\n${good.slice(0, 40)}`),
  ]);
  const result = await observed(bytes);
  expect(needTexts(result)).toEqual(NEED);
  expect(notes(result)).toEqual([
    "test.log:2 invalid-utf8",
    "test.log:3 wrong-type",
    "test.log:4 wrong-type",
    "test.log:5 wrong-type",
    "test.log:6 wrong-type",
    "test.log:7 wrong-type",
    "test.log:9 wrong-type",
    "test.log:10 malformed",
  ]);
});

test("ends that nobody knows are listed with what they said, never guessed", async () => {
  const result = await observed(
    [
      "10.9.9.9,shop/db-0,TCP,5432",
      "shop/web,shop/ghost-0,TCP,80",
      "shop/web,10.96.0.99,TCP,80",
      "shop/web,10.96.0.20,TCP,81",
    ].join("\n"),
  );
  expect(result.needs).toEqual([]);
  expect(result.unresolved.map(({ source, destination, code }) => `${source} ${destination} ${code}`)).toEqual([
    "10.9.9.9 shop/db[StatefulSet] unknown-source",
    "shop/web[Deployment] shop/ghost-0 unknown-destination",
    "shop/web[Deployment] 10.96.0.99 unknown-destination",
    "shop/web[Deployment] svc/shop/api unknown-destination",
  ]);
});

test("a gzip log is read by its first bytes; one that was cut says where", async () => {
  const zipped = gzipSync(`${GOOD}\n`.repeat(10_000));
  expect(needTexts(await observed(zipped))).toEqual(NEED);
  const cut = await observed(zipped.subarray(0, zipped.length - 20));
  expect(cut.diagnostics.sums.get("truncated-file") ?? cut.diagnostics.sums.get("unreadable-file")).toBe(1);
});

test("a log that is not there, an empty one and one of no format are told apart", async () => {
  const missing = await readFlows(flowWorld(), [{ name: "/nonexistent/flows.log" }]);
  expect(notes(missing)).toEqual(["/nonexistent/flows.log: unreadable-file"]);
  expect(notes(await observed(""))).toEqual(["test.log: empty-log"]);
  expect(notes(await observed("hello\nworld\n"))).toEqual(["test.log: unknown-format"]);
});

test("a line without end is passed over in flat memory", async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    yield Buffer.from(`${GOOD}\n`);
    for (let at = 0; at < 40; at++) yield Buffer.alloc(1024 * 1024, "a");
    yield Buffer.from(`\n${GOOD}\n`);
  }
  const result = await readFlows(flowWorld(), [{ name: "endless", chunks: endless() }]);
  expect(notes(result)).toEqual(["endless:2 line-too-long"]);
  expect(result.logs[0]).toMatchObject({ lines: 3, flows: 2 });
});

test("chunks may end anywhere", async () => {
  const text = Buffer.from(`${GOOD}\r\nshop/web,shop/dé,TCP,1\n${GOOD}`);
  for (const size of [1, 2, 3, 7, 30]) {
    async function* pieces(): AsyncGenerator<Buffer> {
      for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
    }
    const result = await readFlows(flowWorld(), [{ name: "pieces", chunks: pieces() }]);
    expect(result.logs[0]).toMatchObject({ lines: 3, flows: 3 });
    expect(result.unresolved.map(({ destination }) => destination)).toEqual(["shop/dé"]);
  }
});

test("no bytes of any kind make a reader throw, in any format", async () => {
  const world = flowWorld();
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    '"flow"',
    ":",
    "\n",
    ",",
    "null",
    '{"flow":{"verdict":"FORWARDED","l4":{"TCP":{}}}}',
    "10.1.0.1",
    "TCP",
    "Src IP: ",
    "2 123456789012 eni-1 ",
    "\0",
    "é",
    '{"action":"allow","source_name":1,"reporter":"src"}',
  );
  const text = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.uint8Array({ maxLength: 50 }),
      fc.option(fc.constantFrom(...FLOW_FORMATS)),
      async (words, bytes, format) => {
        const log = logOf("any", Buffer.concat([Buffer.from(words), bytes]));
        const result = await readFlows(world, [log], format === null ? {} : { format });
        expect(result.logs).toHaveLength(1);
      },
    ),
    { seed: 10, numRuns: 300 },
  );
});

test("a long list on one line is read like lines, bare or in an envelope, also when it is cut", async () => {
  const flow = (at: number) => ({
    _source: {
      action: "allow",
      dest_name: "-",
      dest_name_aggr: "pvt",
      dest_type: "wep",
      source_type: "wep",
      proto: "tcp",
      source_namespace: "shop",
      source_name_aggr: "web-6d5f8c9b7d-*",
      dest_namespace: "shop",
      dest_port: 50051,
      reporter: "src",
      num_flows: 1,
      note: `},{ "a": [${at}`,
    },
  });
  const flows = Array.from({ length: 2000 }, (_, at) => ({
    ...flow(at)._source,
    dest_name_aggr: "api-7c9d8f6b5c-*",
  }));
  const needed = ["shop/web[Deployment] > shop/api[Deployment] TCP 50051"];
  const hits = {
    took: 3,
    _shards: { total: 1 },
    hits: { total: { value: 2 }, hits: flows.map((one) => ({ _source: one })) },
  };
  const texts = [flows, { page: 1, items: flows, more: [1] }, hits].map((one) => JSON.stringify(one));
  for (const text of [...texts, texts.join("\n"), JSON.stringify(hits, undefined, 2)]) {
    const result = await observed(text);
    expect([needTexts(result), notes(result)]).toEqual([needed, []]);
    expect(result.logs[0]?.flows).toBe(text === texts.join("\n") ? 6000 : 2000);
    const cut = await observed(text.slice(0, -10));
    expect([needTexts(cut), cut.isIncomplete]).toEqual([needed, true]);
  }
});
