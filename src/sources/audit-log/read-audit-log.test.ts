import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { auditFiles } from "./audit-files.ts";
import { readAuditLog } from "./read-audit-log.ts";

const folder = mkdtempSync(join(tmpdir(), "ringwall-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const event = (id: string): string =>
  JSON.stringify({
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "Metadata",
    auditID: id,
    stage: "ResponseComplete",
    requestURI: `/api/v1/namespaces/${id}`,
    verb: "get",
    user: { username: "alice" },
    annotations: { "authorization.k8s.io/decision": "allow" },
  });
const lines = (...ids: readonly string[]): string => ids.map((id) => `${event(id)}\n`).join("");

async function read(names: readonly string[], input: Buffer = Buffer.alloc(0)) {
  const files = auditFiles(names, folder).flatMap((one) => one.files ?? []);
  const ids: string[] = [];
  const options = { stdin: Readable.from([input], { objectMode: false }), signal: new AbortController().signal };
  const { gaps } = await readAuditLog(files, ({ auditId }) => ids.push(auditId), options);
  return { ids, gaps: gaps.map(({ code, what, position }) => `${code} ${what}:${position?.line ?? ""}`) };
}

function write(name: string, content: string | Buffer): string {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
}

test("a rotated set is read whole, gzipped or not, as files, a folder or a pattern, each file once", async () => {
  write("set/audit.log", lines("c"));
  write("set/audit-1.log.gz", gzipSync(lines("a")));
  // Two gzip members in one file, as appending leaves them.
  write("set/audit-2.log.gz", Buffer.concat([gzipSync(lines("b1")), gzipSync(lines("b2"))]));
  expect((await read(["set"])).ids.toSorted()).toEqual(["a", "b1", "b2", "c"]);
  expect((await read(["set/audit-*.gz", "set/audit.log", "set"])).ids.toSorted()).toEqual(["a", "b1", "b2", "c"]);
  expect(auditFiles(["set/none-*", "missing.log"], folder).map(({ files }) => files)).toEqual([undefined, undefined]);
});

test("standard input is a log too, gzipped or not", async () => {
  expect((await read(["-"], Buffer.from(lines("a")))).ids).toEqual(["a"]);
  expect((await read(["-"], gzipSync(lines("a", "b")))).ids).toEqual(["a", "b"]);
});

test("what is not read is named with its line, the rest of its sort counted", async () => {
  write(
    "broken.log",
    `${lines("a")}not json\n{"kind":"Pod","apiVersion":"v1"}\n${"x\n".repeat(5)}${event("b").slice(0, 90)}`,
  );
  expect(await read(["broken.log"])).toEqual({
    ids: ["a"],
    gaps: [
      "audit-not-json broken.log:2",
      "audit-not-an-event broken.log:3",
      "audit-not-json broken.log:4",
      "audit-not-json broken.log:5",
      "audit-cut broken.log:9",
      "audit-more broken.log:",
    ],
  });
});

test("a gzip that stops in the middle gives what it has and says so", async () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => `id-${index}`);
  const whole = gzipSync(lines(...ids));
  write("cut.gz", whole.subarray(0, whole.length / 2));
  const { ids: found, gaps } = await read(["cut.gz"]);
  expect(found.length).toBeGreaterThan(1000);
  expect(gaps).toEqual(["audit-gzip-cut cut.gz:"]);
});

test("lines longer than a chunk, blank lines and Windows line ends are no trouble", async () => {
  const value = JSON.parse(event("long")) as Record<string, unknown>; // made above
  const wide = JSON.stringify({ ...value, requestObject: { data: "x".repeat(3_000_000) } });
  write("long.log", `\r\n${event("a")}\r\n\n${wide}\n${lines("b")}`);
  expect(await read(["long.log"])).toEqual({ ids: ["a", "long", "b"], gaps: [] });
});

test("of a pretty-printed event that breaks, the events after it are read", async () => {
  const pretty = JSON.stringify(JSON.parse(event("a")), null, 2);
  const broken = pretty.split("\n").toSpliced(4, 1, "nonsense").join("\n");
  write("broken-pretty.log", `${pretty}\n${broken}\n${pretty}\n${lines("b")}`);
  const { ids, gaps } = await read(["broken-pretty.log"]);
  expect(ids).toEqual(["a", "a", "b"]);
  expect(gaps[0]).toBe("audit-broken broken-pretty.log:16");
  write("unfinished.log", `${lines("a")}${pretty.split("\n").slice(0, 5).join("\n")}`);
  expect(await read(["unfinished.log"])).toEqual({ ids: ["a"], gaps: ["audit-unfinished unfinished.log:2"] });
});

test("a line that was cut costs itself alone", async () => {
  for (const at of [30, 60, 180]) {
    write("cut.log", `${event("a").slice(0, at)}\n${lines("b", "c")}`);
    expect(await read(["cut.log"])).toEqual({ ids: ["b", "c"], gaps: ["audit-cut cut.log:1"] });
  }
});

test("a document over several lines is read whole: an EventList, or a List from kubectl", async () => {
  const items = ["a", "b"].map((id) => JSON.parse(event(id)) as object); // made above
  const list = { kind: "EventList", apiVersion: "audit.k8s.io/v1", metadata: {}, items };
  write("list.json", JSON.stringify(list, null, 2));
  write("array.json", JSON.stringify(items, null, 4));
  write("one-line.json", JSON.stringify(list));
  for (const name of ["list.json", "array.json", "one-line.json"])
    expect(await read([name])).toEqual({ ids: ["a", "b"], gaps: [] });
});

test("each file of a folder is read once, whatever links lead to it; a link to nothing is named", async () => {
  write("links/sub/a.log", lines("a"));
  symlinkSync("sub/a.log", join(folder, "links/again.log"));
  symlinkSync("..", join(folder, "links/sub/up"));
  symlinkSync("gone.log", join(folder, "links/dead.log"));
  symlinkSync("ring", join(folder, "links/ring"));
  expect((await read(["links", "links/sub"])).ids).toEqual(["a"]);
  expect(auditFiles(["links"], folder).flatMap(({ gaps }) => gaps.map(({ what }) => what))).toEqual([
    "links/dead.log",
    "links/ring",
  ]);
  expect(auditFiles(["", "links/dead.log", "links/ring"], folder).map(({ files }) => files)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("an empty file is said to be one", async () => {
  write("empty.log", "");
  expect(await read(["empty.log"])).toEqual({ ids: [], gaps: ["audit-empty empty.log:"] });
});
