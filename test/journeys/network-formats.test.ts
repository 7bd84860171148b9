// The network's answers in every format and language, through the built program.

import { join } from "node:path";
import { expect, test } from "vitest";
import { readXml } from "../formats/xml-reader.ts";
import { mistakesIn } from "../formats/json-schemas.ts";
import { ringwall, withFolder } from "./program.ts";
import { twoPods } from "./two-pods.ts";

/** Two dual-stack pods; the database lets IPv6 in on one port. */
const shop = (port: number): string => `${twoPods(["10.0.0.1", "fd00::1"], ["10.0.0.2", "fd00::2"])}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ipBlock: {cidr: "fd00::/64"}}]
      ports: [{port: ${port}}]
`;

const FILES = {
  "shop.yaml": shop(5432),
  "next.yaml": shop(5433),
  "test.yaml":
    "assertions: [{name: <web> & db, from: shop/web, to: shop/db, ports: [TCP/5433], expect: allowed}, {name: ok, from: shop/web, to: shop/db, ports: [TCP/5432], expect: allowed}]",
};

/** What the command writes, and how it ends. */
async function said(...words: readonly string[]): Promise<readonly [code: number | null, text: string]> {
  return withFolder(FILES, async (directory) => {
    const { code, stdout, stderr } = await ringwall(["network", ...words, "--no-config"], { directory });
    return [code, stdout + stderr];
  });
}

const FOUR = "0.0.0.0-255.255.255.255";
const SIX = "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
const OWN = "fd00::-fd00::ffff:ffff:ffff:ffff";

test("a question about one family is answered for it alone", async () => {
  const ask = (...more: readonly string[]) =>
    said("reach", "shop/web", "shop/db", "--port", "5432", "shop.yaml", ...more);
  expect((await ask())[0]).toBe(0);
  expect((await ask("--family", "6"))[1]).toMatch(/^allowed /);
  const [code, text] = await ask("--family", "4");
  expect([code, text]).toEqual([1, expect.stringMatching(/^denied /)]);
  expect(await ask("--family", "5")).toEqual([2, expect.stringContaining("give 4 or 6")]);
  const batch = '{"from":"shop/web","to":"shop/db","port":5432,"family":4}\n';
  const { stdout } = await withFolder(FILES, (directory) =>
    ringwall(["network", "reach", "--batch", "-", "shop.yaml"], { directory, input: batch }),
  );
  expect(JSON.parse(stdout)).toMatchObject({ family: 4, verdict: "denied" });
});

test("csv has a row for each pair, with the outside by family", async () => {
  const rows = [
    ["shop/web[Pod]", "shop/db[Pod]", "TCP 5432"],
    ["shop/web[Pod]", "shop/web[Pod]", "all"],
    ["shop/web[Pod]", FOUR, "all"],
    ["shop/web[Pod]", SIX, "all"],
    [OWN, "shop/db[Pod]", "TCP 5432"],
    [FOUR, "shop/web[Pod]", "all"],
    [SIX, "shop/web[Pod]", "all"],
  ].map((cells) => `allowed,${cells.join()},`);
  expect(await said("map", "shop.yaml", "-o", "csv")).toEqual([
    0,
    ["verdict,from,to,ports,on", ...rows, ""].join("\r\n"),
  ]);
});

test("drawings and tables show the same edges", async () => {
  const [, markdown] = await said("map", "shop.yaml", "-o", "markdown");
  expect(markdown).toContain("| `shop/web[Pod]` | `shop/db[Pod]` | `TCP 5432` |\n");
  expect(markdown.match(/^\| `/gm)).toHaveLength(5);
  const [, dot] = await said("map", "shop.yaml", "-o", "dot");
  expect(dot).toMatch(/^digraph network \{\n/);
  expect(dot).toContain('n0 [label="shop/db[Pod]"];');
  expect(dot).toContain('n1 -> n0 [label="TCP 5432"];');
  expect(dot.match(/ -> /g)).toHaveLength(5);
  const [, mermaid] = await said("map", "shop.yaml", "-o", "mermaid");
  expect(mermaid).toMatch(/^flowchart LR\n/);
  expect(mermaid).toContain('n1 -->|"TCP 5432"| n0\n');
  expect(mermaid.match(/ -->\|/g)).toHaveLength(5);
});

test("the map says on request what is open to pods that do not exist yet", async () => {
  const rule = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: later, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: later}}}], ports: [{port: 80}]}]
`;
  await withFolder({ "later.yaml": `${shop(5432)}${rule}` }, async (directory) => {
    const run = async (...more: readonly string[]) =>
      (await ringwall(["network", "map", "later.yaml", "--no-config", "--exposure", ...more], { directory })).stdout;
    const map = JSON.parse(await run("-o", "json")) as { readonly exposure: readonly object[] }; // by its schema
    expect(mistakesIn(map, "network-map.v1.json")).toEqual([]);
    expect(map.exposure).toContainEqual({
      workload: "shop/web[Pod]",
      direction: "ingress",
      peer: "any-pod",
      ports: "all",
    });
    expect(map.exposure).toContainEqual({
      workload: "shop/db[Pod]",
      direction: "ingress",
      peer: "expected",
      namespace: "shop",
      podSelector: { matchLabels: { app: "later" } },
      ports: { TCP: "80" },
      policy: expect.objectContaining({ name: "later", path: "spec.ingress[0].from[0]", file: "later.yaml" }),
    });
    expect(mistakesIn(JSON.parse(await run("-o", "json", "--grouped")), "network-map.v1.json")).toEqual([]);
    expect(await run()).toMatch(
      /from pods to come in shop: app=later, by later later.yaml:\d+ {2}TCP 80\n {6}shop\/db\[Pod\]/,
    );
    expect(await run("-o", "markdown")).toContain("- `from any pod of any namespace  all ports`: `shop/web[Pod]`\n");
    expect(await run("-o", "csv")).toContain(
      'exposed,"pods to come shop: app=later",shop/db[Pod],TCP 80,'.replaceAll('"', ""),
    );
    expect(await run("--lang", "zh-CN")).toContain("对现有 Pod 之外的开放");
  });
});

test("a difference is drawn and tabled, with what could not be read", async () => {
  const files = { ...FILES, "bad.yaml": `${shop(5433)}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n` };
  await withFolder(files, async (directory) => {
    const words = ["network", "diff", "shop.yaml", "bad.yaml", "--no-config", "-o"];
    const run = async (format: string) => ringwall([...words, format], { directory });
    const csv = await run("csv");
    expect([csv.code, csv.stdout.split("\r\n").slice(0, 2)]).toEqual([
      3,
      ["change,from,to,ports", "opened,shop/web[Pod],shop/db[Pod],TCP 5433"],
    ]);
    expect(csv.stdout).toContain("not-evaluated");
    expect((await run("dot")).stdout).toMatch(/n0 -> n1 \[label="opens TCP 5433", color=red\];/);
    expect((await run("mermaid")).stdout).toContain('n0 -->|"opens TCP 5433"| n1');
    expect((await run("markdown")).stdout).toContain("NOT EVALUATED");
    const lines = await run("ndjson");
    expect([lines.code, lines.stderr]).toEqual([3, expect.stringContaining("metadata.name")]);
  });
});

test("what closes between a pod and itself is told of its replicas", async () => {
  const open = FILES["shop.yaml"].split("---\napiVersion: networking")[0] ?? "";
  await withFolder({ ...FILES, "open.yaml": open }, async (directory) => {
    const words = ["network", "diff", "open.yaml", "shop.yaml", "--no-config", "-o", "ndjson"];
    const { stdout } = await ringwall(words, { directory });
    const self = stdout.split("\n").find((line) => line.includes('"from":"shop/db[Pod]","to":"shop/db[Pod]"'));
    expect(self).toContain('"kind":"isolated"');
    expect(stdout).not.toContain("loopback");
  });
});

test("a difference says what opens and what closes, each with what decides about it", async () => {
  const [code, text] = await said("diff", "shop.yaml", "next.yaml", "--exit-code");
  expect(code).toBe(1);
  expect(text).toMatch(/\+ shop\/web\[Pod\] {2}opens TCP 5433\n[^+-]*allows TCP 5433 [^+-]*: db rule 1/);
  expect(text).toMatch(/- shop\/web\[Pod\] {2}closes TCP 5432\n[^+]*isolated by db/);
  const [, json] = await said("diff", "shop.yaml", "next.yaml", "-o", "json");
  expect(mistakesIn(JSON.parse(json), "network-diff.v1.json")).toEqual([]);
  const [, lines] = await said("diff", "shop.yaml", "next.yaml", "-o", "ndjson");
  expect(lines.trim().split("\n")).toHaveLength(2);
  const [, markdown] = await said("diff", "shop.yaml", "next.yaml", "-o", "markdown");
  expect(markdown).toContain("| closes | `shop/web[Pod]` | `shop/db[Pod]` | `TCP 5432` |\n");
});

test("JUnit has a case for each assertion, its names escaped, and the counter-example", async () => {
  const [code, text] = await said("test", "test.yaml", "shop.yaml", "-o", "junit");
  expect(code).toBe(1);
  expect(() => readXml(text)).not.toThrow();
  expect(text).toContain('tests="2" failures="1" errors="0" skipped="0"');
  expect(text).toContain('name="&lt;web&gt; &amp; db"');
  expect(text).toContain("shop/web[Pod] does not reach shop/db[Pod] on TCP 5433");
});

test("everything a person reads is there in Chinese", async () => {
  const chinese = async (...words: readonly string[]): Promise<string> => (await said(...words, "--lang", "zh-CN"))[1];
  const reach = await chinese("reach", "shop/web", "shop/db", "--port", "5432", "--family", "4", "shop.yaml");
  expect(reach).toMatch(/^拒绝 /);
  expect(reach).toContain("没有规则放行来自 shop/web 的 TCP 5432");
  expect(await chinese("map", "shop.yaml")).toMatch(/^2 个工作负载 · 1 对开放的连接\n/);
  expect(await chinese("map", "shop.yaml", "-o", "markdown")).toContain("| 来源 | 目标 | 端口 |");
  expect(await chinese("diff", "shop.yaml", "next.yaml")).toContain("关闭 TCP 5432");
  const tested = await chinese("test", "test.yaml", "shop.yaml");
  expect(tested).toContain("2 条断言：1 条通过，1 条未通过，0 条未能判定");
  for (const text of [reach, tested]) expect(text).not.toMatch(/\b(allows|denied|isolated|passed|failed)\b/);
});

test("completion knows the questions and their flags", async () => {
  const { stdout } = await ringwall(["completion", "bash"]);
  for (const word of ["reach", "--family", "--grouped", "--pod-cidr", "--batch"]) expect(stdout).toContain(word);
});

test("a large map is short in text and in groups, and whole where it is asked for", async () => {
  const count = 60;
  const objects = Array.from({ length: count }, (_, index) => [
    { apiVersion: "v1", kind: "Pod", metadata: { name: "web", namespace: `n${index}`, labels: { app: `${index}` } } },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "some", namespace: `n${index}` },
      spec: {
        podSelector: {},
        ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8000 + index }] }],
      },
    },
  ]).flat();
  await withFolder(
    { "many.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }) },
    async (folder) => {
      const run = (...words: readonly string[]) => ringwall(["network", "map", join(folder, "many.json"), ...words]);
      const [short, whole, grouped] = [await run(), await run("--all"), await run("-o", "json", "--grouped")];
      expect([short.code, whole.code, grouped.code]).toEqual([0, 0, 0]);
      expect(short.stdout).toContain(`${count} groups`);
      expect(short.stdout.split("\n").length).toBeLessThan(count * 12);
      expect(whole.stdout).toContain(`n${count - 1}/web[Pod]`);
      expect(whole.stdout.length).toBeGreaterThan(short.stdout.length);
      const map = JSON.parse(grouped.stdout) as { connections: { from: number[]; to: number[] }[] }; // by its schema
      expect(mistakesIn(map, "network-map.v1.json")).toEqual([]);
      const pairs = map.connections.reduce((sum, { from, to }) => sum + from.length * to.length, 0);
      expect(pairs).toBeGreaterThanOrEqual(count * count);
      expect(map.connections.length).toBeLessThan(4 * count);
    },
  );
});
