import { expect, test } from "vitest";
import { parseAddress } from "../../layers/network/address.ts";
import { contains } from "../../layers/network/interval-set.ts";
import { needTexts, observed } from "./flow-world.fixture.ts";

const HEADING = "src,sport,dst,port,protocol\n";

test("replies are folded by the port that the server is known to listen on, even a high one", async () => {
  const log = `${HEADING}10.1.0.2,50051,10.1.0.1,40123,TCP\n10.1.0.1,40123,10.1.0.2,50051,TCP\n`;
  expect(needTexts(await observed(log))).toEqual(["shop/web[Deployment] > shop/api[Deployment] TCP 50051"]);
});

test("replies from outside are folded by the range that clients use", async () => {
  const log = `${HEADING}10.1.0.1,40123,198.51.100.9,443,TCP\n198.51.100.9,443,10.1.0.1,40123,TCP\n`;
  expect(needTexts(await observed(log))).toEqual(["shop/web[Deployment] > 198.51.100.9 TCP 443"]);
});

test("hundreds of client ports do not become hundreds of needs", async () => {
  const lines = Array.from({ length: 500 }, (_, at) => `10.1.0.1,${33_000 + at},198.51.100.9,61616,TCP`);
  const replies = Array.from({ length: 500 }, (_, at) => `198.51.100.9,61616,10.1.0.1,${33_000 + at},TCP`);
  const result = await observed(`${HEADING}${[...lines, ...replies].join("\n")}\n`);
  expect(needTexts(result)).toEqual(["shop/web[Deployment] > 198.51.100.9 TCP 61616"]);
  expect(result.unresolved).toEqual([]);
});

test("a direction that nothing tells is listed, not guessed", async () => {
  const result = await observed(`${HEADING}10.1.0.1,40123,198.51.100.9,50123,TCP\n`);
  expect(result.needs).toEqual([]);
  expect(result.unresolved.map(({ code }) => code)).toEqual(["unclear-direction"]);
});

test("pods that are gone count for the workload that made them; pods of a set are one end", async () => {
  const log = [
    "shop/web-7c7c7c7c7c-zzzzz,shop/db-7,TCP,5432",
    "shop/report-29011234-abcde,shop/db-0,TCP,5432",
    "shop/agent-x1y2z,shop/db-1,TCP,5432",
  ];
  expect(needTexts(await observed(log.join("\n")))).toEqual([
    "shop/agent[DaemonSet] > shop/db[StatefulSet] TCP 5432",
    "shop/report[CronJob] > shop/db[StatefulSet] TCP 5432",
    "shop/web[Deployment] > shop/db[StatefulSet] TCP 5432",
  ]);
});

test("an address is a pod's from when the pod started: before, it was another's", async () => {
  const heading = "src,dst,protocol,port,time\n";
  const early = await observed(`${heading}10.1.0.3,10.1.0.2,TCP,50051,2025-12-31T23:59:00Z\n`);
  expect(early.needs).toEqual([]);
  expect(early.unresolved.map(({ source, code }) => `${source} ${code}`)).toEqual(["10.1.0.3 unknown-source"]);
  const later = await observed(`${heading}10.1.0.3,10.1.0.2,TCP,50051,2026-01-01T00:00:01Z\n`);
  expect(needTexts(later)).toEqual(["shop/db[StatefulSet] > shop/api[Deployment] TCP 50051"]);
  const named = await observed(`${heading}shop/db-0,10.1.0.2,TCP,50051,2025-12-31T23:59:00Z\n`);
  expect(needTexts(named)).toHaveLength(1);
});

test("a Service's address and port become the pods' port", async () => {
  expect(needTexts(await observed("shop/web,10.96.0.20,TCP,80"))).toEqual([
    "shop/web[Deployment] > shop/api[Deployment] TCP 50051",
  ]);
  expect(needTexts(await observed("shop/web,10.96.0.1,TCP,443\nshop/web,10.0.0.9,TCP,6443"))).toEqual([
    "shop/web[Deployment] > api-server TCP 443",
    "shop/web[Deployment] > api-server TCP 6443",
  ]);
});

test("a kubelet's probe comes from the nodes and crashes nothing", async () => {
  expect(needTexts(await observed("10.0.0.1,shop/web,TCP,8080\n127.0.0.1,shop/web,TCP,8080\n"))).toEqual([
    "nodes > shop/web[Deployment] TCP 8080",
  ]);
});

test("addresses outside are one need per port; very many are the internet", async () => {
  const few = await observed("shop/web,198.51.100.1,TCP,443\nshop/web,198.51.100.2,TCP,443\n");
  expect(needTexts(few)).toEqual(["shop/web[Deployment] > 198.51.100.1-198.51.100.2 TCP 443"]);
  const lines = Array.from({ length: 400 }, (_, at) => `203.0.${112 + (at >> 8)}.${at & 255},shop/web,TCP,8080`);
  const many = await observed(lines.join("\n"));
  expect(many.needs).toHaveLength(1);
  expect(many.diagnostics.sums.get("many-addresses")).toBe(1);
  expect(many.isIncomplete).toBe(false);
  const { from } = many.needs[0] ?? {};
  const set = from?.kind === "addresses" ? from.set : [];
  // What was met is in it, also where it is not of the internet.
  for (const line of lines)
    expect(contains(set, parseAddress(line.slice(0, line.indexOf(",")))?.point ?? 0)).toBe(true);
});

test("ports in a row are one range, others one need each; what nodes do stays port by port", async () => {
  const log = [7000, 7001, 7002, 80, 81].map((port) => `shop/web,shop/api,TCP,${port}`);
  expect(needTexts(await observed(log.join("\n")))).toEqual([
    "shop/web[Deployment] > shop/api[Deployment] TCP 7000-7002",
    "shop/web[Deployment] > shop/api[Deployment] TCP 80",
    "shop/web[Deployment] > shop/api[Deployment] TCP 81",
  ]);
});

test("so many ports with other addresses each are one range with the addresses of all, and that is said", async () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, at) => `shop/web,198.51.100.${at % 7},TCP,${1000 + at}`).join("\n");
  expect(needTexts(await observed(lines(256)))).toHaveLength(256);
  const scan = await observed(lines(1000));
  expect(scan.needs.map(({ port }) => port)).toEqual([{ kind: "range", protocol: "TCP", first: 1000, last: 1999 }]);
  expect([scan.diagnostics.sums.get("many-ports"), scan.isIncomplete]).toEqual([1, false]);
});

test("workloads that no flow told of are listed, jobs as such", async () => {
  const { notSeen } = await observed("shop/web,shop/db-0,TCP,5432");
  expect(notSeen).toEqual([
    { workload: "shop/agent[DaemonSet]", code: "silent" },
    { workload: "shop/api[Deployment]", code: "silent" },
    { workload: "shop/report[CronJob]", code: "job" },
  ]);
});

test("the window and its long silences are told", async () => {
  const line = (minute: number): string =>
    `shop/web,shop/db-0,TCP,5432,${new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()}`;
  const minutes = [...Array.from({ length: 60 }, (_, at) => at), ...Array.from({ length: 60 }, (_, at) => 300 + at)];
  const { windows, gaps } = await observed(`src,dst,protocol,port,time\n${minutes.map(line).join("\n")}\n`);
  expect(windows).toEqual([
    { source: "test.log", from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 1, 5, 59), flows: 120 },
  ]);
  expect(gaps).toEqual([{ source: "test.log", from: Date.UTC(2026, 0, 1, 1), to: Date.UTC(2026, 0, 1, 5) }]);
});
