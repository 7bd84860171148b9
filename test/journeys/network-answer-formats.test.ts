// `network reach` and `network test` as tables and drawings, through the built program.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { REPOSITORY, ringwall, withFolder } from "./program.ts";
import { twoPods } from "./two-pods.ts";

const SHOP = `${twoPods(["10.0.0.1"], ["10.0.0.2"])}---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]
`;
const BROKEN = "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {namespace: shop}\n";
const QUESTIONS = [
  '{"from":"shop/web","to":"shop/db","port":5432}',
  '{"from":"shop/db","to":"shop/we"}',
  "what?",
  '{"from":"=1+1\\n|`\\"}","to":"shop/db","port":80,"protocol":"UDP"}',
  '{"from":"internet","to":"shop/db","family":4}',
].join("\n");
const ASSERTIONS = `assertions:
  - {name: "<b> | reaches", from: shop/web, to: shop/db, ports: [TCP/80], expect: allowed}
  - {name: closed, from: internet, to: shop/db, expect: denied}
  - {name: no leak, from: shop/db, to: internet, expect: denied}
  - {name: nobody, from: shop/nobody, to: shop/db, expect: denied}
`;
const FILES = {
  "shop.yaml": SHOP,
  "broken.yaml": `${SHOP}${BROKEN}`,
  "questions.ndjson": QUESTIONS,
  "assertions.yaml": ASSERTIONS,
};

async function said(...words: readonly string[]): Promise<readonly [code: number | null, text: string]> {
  return withFolder(FILES, async (directory) => {
    const { code, stdout } = await ringwall(["network", ...words, "--no-config"], { directory });
    return [code, stdout];
  });
}

test("one answer is a row, with the rule that decides and its place", async () => {
  const ask = (format: string, file = "shop.yaml") =>
    said("reach", "shop/web", "shop/db", "--port", "5432", file, "-o", format);
  const [code, csv] = await ask("csv");
  const rows = csv.split("\r\n");
  expect([code, rows[0], rows.length]).toEqual([
    0,
    "verdict,from,to,protocol,port,family,open,reason,backends,rules",
    3,
  ]);
  expect(rows[1]).toMatch(
    /^allowed,shop\/web,shop\/db,TCP,5432,,,,,egress of .*; ingress of .*db rule 1 \(shop\.yaml:\d+\)$/,
  );
  expect((await ask("markdown"))[1]).toMatch(
    /^\| verdict \| from \| to \| ports \| why \|\n\|(---\|){5}\n\| allowed \| `shop\/web` \| `shop\/db` \| `TCP 5432` \| `egress .*`<br>`ingress .*` \|\n$/,
  );
  const [incomplete, gaps] = await ask("csv", "broken.yaml");
  expect([incomplete, gaps]).toEqual([3, expect.stringMatching(/\r\nnot-evaluated,[^,]+,,,,,,[a-z-]+,,\r\n$/)]);
  expect((await ask("markdown", "broken.yaml"))[1]).toContain("**NOT EVALUATED**");
  expect((await ask("dot", "broken.yaml"))[1]).toMatch(/^digraph network \{\n(.*\n){2} {2}\/\/ .*metadata\.name/);
});

test("a Service is drawn with the pods behind it", async () => {
  const ask = (format: string) => said("reach", "shop/web", "svc/shop/db", "--port", "80", "shop.yaml", "-o", format);
  const [code, dot] = await ask("dot");
  expect(code).toBe(0);
  expect(dot).toContain('n0 [label="shop/web"];\n  n1 [label="svc/shop/db"];\n');
  expect(dot).toMatch(/n0 -> n1 \[label="allowed TCP 80\\n[^"]*", color=green\];/);
  expect(dot).toMatch(/n2 \[label="shop\/db"\];\n {2}n1 -> n2 \[label="allowed 5432", color=green\];\n\}\n$/);
  expect((await ask("mermaid"))[1]).toMatch(/ {2}n0 -->\|"allowed TCP 80<br\/>.*"\| n1\n/);
  expect((await ask("csv"))[1]).toContain(",TCP,80,,,,shop/db 5432 allowed,");
});

test("a batch comes in every format at once, in order, with what it could not answer", async () => {
  await withFolder(FILES, async (directory) => {
    const outputs = ["csv", "markdown", "dot", "mermaid", "ndjson"].flatMap((format) => [
      "-o",
      `${format}=a.${format}`,
    ]);
    const words = ["network", "reach", "--batch", "questions.ndjson", "shop.yaml", "-o", "text", ...outputs];
    const { code, stdout } = await ringwall([...words, "--no-config"], { directory });
    expect([code, stdout]).toEqual([
      3,
      `allowed  shop/web → shop/db  TCP 5432
not evaluated  shop/db → shop/we
    line 2: nothing is called shop/we. Near: shop/web[Pod]
not evaluated
    line 3: not JSON: Unexpected token 'w', "what?" is not valid JSON
not evaluated  =1+1\\u000a|\`"} → shop/db  UDP 80
    line 4: nothing is called =1+1\\u000a|\`"}.
denied  internet → shop/db  any port
    open: no port
`,
    ]);
    const read = (format: string): string => readFileSync(join(directory, `a.${format}`), "utf8");
    expect(read("csv").split("\r\n").slice(1)).toEqual([
      "allowed,shop/web,shop/db,TCP,5432,,,,,",
      "not-evaluated,shop/db,shop/we,,,,,unknown-name; line 2,,",
      "not-evaluated,,,,,,,not-json; line 3,,",
      `not-evaluated,"'=1+1\\u000a|\`""}",shop/db,UDP,80,,,unknown-name; line 4,,`,
      "denied,internet,shop/db,,,4,,,,",
      "",
    ]);
    expect(read("markdown").match(/^\| /gm)).toHaveLength(6);
    expect(read("markdown")).toContain('| not evaluated | `` =1+1\\u000a\\|`"} `` | `shop/db` | `UDP 80` | ');
    expect(read("dot")).toContain('n3 [label="?"];\n  n3 -> n3 [label="not evaluated\\nline 3: ');
    expect(read("dot")).toContain('[label="=1+1\\\\u000a|`\\"}"];\n');
    expect(read("mermaid")).toContain('["#61;1#43;1#92;u000a#124;#96;#34;#125;"]\n');
    expect(read("mermaid")).toMatch(/ --x\|"denied any port<br\/>open: no port"\| n1\n/);
    const lines = read("ndjson").trimEnd().split("\n");
    for (const line of lines) expect(mistakesIn(JSON.parse(line), "network-reach.v1.json#/$defs/line")).toEqual([]);
    expect(lines[2]).toContain('"reason":"not-json"');
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

test("rules come with a batch when they are asked for", async () => {
  const batch = (...more: readonly string[]) => said("reach", "--batch", "questions.ndjson", "shop.yaml", ...more);
  expect((await batch("-o", "csv"))[1]).not.toContain("rule 1");
  for (const format of ["text", "csv", "markdown", "dot", "mermaid"])
    expect((await batch("-o", format, "--explain"))[1]).toMatch(/db rule\s+1|db rule\\n1|db rule<br\/>1/);
  expect((await batch())[1]).toBe((await batch("-o", "json"))[1]);
});

test("a file that cannot be written is named, and leaves nothing behind", async () => {
  await withFolder(FILES, async (directory) => {
    const words = [
      "network",
      "reach",
      "--batch",
      "questions.ndjson",
      "shop.yaml",
      "-o",
      "csv=none/a.csv",
      "-o",
      "text=a",
    ];
    const { code, stderr } = await ringwall([...words, "--no-config"], { directory });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/none\/a\.csv.*cannot be written/)]);
    expect(existsSync(join(directory, "a"))).toBe(false);
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

test("a line ends at a line feed only, and one that is nested too deep is refused alone", async () => {
  const question = '{"from":"shop/web","to":"shop/db","port":5432';
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const lines = [`\ufeff${question},"note":"a\u2028b\u0085c"}\r`, `${question},"more":${deep}}`, `${question}}`];
  await withFolder({ "shop.yaml": SHOP, "questions.ndjson": lines.join("\n") }, async (directory) => {
    const words = ["network", "reach", "--batch", "questions.ndjson", "shop.yaml", "--no-config"];
    const { code, stdout } = await ringwall(words, { directory });
    const answers = stdout.trimEnd().split("\n");
    expect([code, answers.map((line) => (JSON.parse(line) as { verdict: string }).verdict)]).toEqual([
      3,
      ["allowed", "not-evaluated", "allowed"],
    ]);
    expect(answers[1]).toBe('{"verdict":"not-evaluated","reason":"malformed-question","line":2}');
  });
});

test("a batch without end ends when nobody reads its answers any more", async () => {
  await withFolder({ "shop.yaml": SHOP }, async (directory) => {
    const words = ["network", "reach", "--batch", "-", "shop.yaml", "--no-config"];
    const child = spawn(process.execPath, [join(REPOSITORY, "dist/ringwall.js"), ...words], { cwd: directory });
    const questions = '{"from":"shop/web","to":"shop/db","port":5432}\n'.repeat(5000); // more than a pipe holds
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.stdin.on("error", () => {}); // it has read enough
    child.stdin.on("drain", () => child.stdin.write(questions));
    child.stdin.write(questions);
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await ended).toBe(0);
  });
});

test("questions that cannot be read, and flags of one question beside many, are mistakes in a line", async () => {
  await withFolder(FILES, async (directory) => {
    const run = (...words: readonly string[]) =>
      ringwall(["network", "reach", "shop.yaml", "-o", "csv=a.csv", ...words, "--no-config"], { directory });
    const folder = await run("--batch", ".");
    expect([folder.code, folder.stderr]).toEqual([
      2,
      expect.stringMatching(/^ringwall: \. cannot be read: EISDIR.*\n$/),
    ]);
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    for (const flag of ["--port", "--family"]) {
      const { code, stderr } = await run("--batch", "questions.ndjson", flag, "4");
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^ringwall: --port and --family belong to one .*\n$/)]);
    }
  });
});

test("assertions are a table, and a drawing of what breaks them", async () => {
  const run = (format: string) => said("test", "assertions.yaml", "shop.yaml", "-o", format);
  const [code, csv] = await run("csv");
  const rows = csv.trimEnd().split("\r\n");
  expect([code, rows.map((row) => row.split(",").slice(0, 5).join())]).toEqual([
    1,
    [
      "result,name,from,to,ports",
      "failed,<b> | reaches,shop/web[Pod],shop/db[Pod],TCP 80",
      "passed,closed,,,",
      "failed,no leak,shop/db[Pod],1.0.0.0-9.255.255.255,all",
      "invalid,nobody,,,",
    ],
  ]);
  const [, markdown] = await run("markdown");
  expect(markdown).toMatch(/^4 assertions: 1 passed, 2 failed, 1 not decided\n\n\| result \| assertion \| why \|\n/);
  expect(markdown).toContain(
    "| failed | `<b> \\| reaches` | `shop/web[Pod] does not reach shop/db[Pod] on TCP 80`<br>",
  );
  expect(markdown).toContain("| passed | `closed` |  |\n");
  const [, dot] = await run("dot");
  expect(dot).toContain("  // passed: closed\n  // invalid: nobody\n");
  expect(dot).toMatch(/n0 -> n1 \[label="failed: <b> \| reaches\\nTCP 80\\n[^"]*", color=red, style=dashed\];/);
  expect(dot.match(/ -> /g)).toHaveLength(2);
  const [, mermaid] = await run("mermaid");
  expect(mermaid).toContain("  %% invalid: nobody\n");
  expect(mermaid).toMatch(/--x\|"failed: #60;b#62; #124; reaches<br\/>TCP 80<br\/>/);
});

test("tables and drawings are there in Chinese", async () => {
  const chinese = async (...words: readonly string[]): Promise<string> => (await said(...words, "--lang", "zh-CN"))[1];
  const reach = ["reach", "shop/web", "shop/db", "shop.yaml", "-o"];
  expect(await chinese(...reach, "markdown")).toMatch(/^\| 结论 \| 来源 \| 目标 \| 端口 \| 依据 \|\n/);
  expect(await chinese("test", "assertions.yaml", "shop.yaml", "-o", "markdown")).toContain("| 结果 | 断言 | 依据 |");
  expect(await chinese("reach", "--batch", "questions.ndjson", "shop.yaml", "-o", "text")).toContain(
    "第 2 行：没有名为 shop/we 的对象。 相近的有：shop/web[Pod]",
  );
});

test("the map says on request which rules open each pair, each with its ports and place", async () => {
  const second = SHOP.replace(
    "name: db, namespace: shop}\nspec:\n  podSelector",
    "name: admin, namespace: shop}\nspec:\n  podSelector",
  )
    .split("---\n")
    .at(-1)
    ?.replace("port: 5432", "port: 22");
  await withFolder({ "shop.yaml": `${SHOP}---\n${second}` }, async (directory) => {
    const run = (...more: readonly string[]) =>
      ringwall(["network", "map", "shop.yaml", "--no-config", "--explain", ...more], { directory });
    const { code, stdout } = await run("-o", "json");
    const map = JSON.parse(stdout) as { readonly connections: readonly Record<string, unknown>[] }; // by its schema
    expect([code, mistakesIn(map, "network-map.v1.json")]).toEqual([0, []]);
    const link = { kind: "rule", tier: "NetworkPolicy", action: "Allow", rule: 0 };
    const rule = (name: string, port: string) => ({
      ...link,
      direction: "ingress",
      ports: { TCP: port },
      policies: [expect.objectContaining({ name, path: "spec.ingress[0].from[0]", file: "shop.yaml" })],
    });
    expect(map.connections.find(({ from, to }) => from === "shop/web[Pod]" && to === "shop/db[Pod]")).toEqual({
      from: "shop/web[Pod]",
      to: "shop/db[Pod]",
      ports: { TCP: "22,5432" },
      by: [
        { direction: "egress", kind: "default", ports: { TCP: "22,5432" } },
        rule("db", "5432"),
        rule("admin", "22"),
      ],
    });
    const csv = (await run("-o", "csv")).stdout.split("\r\n");
    expect(csv[0]).toBe("verdict,from,to,ports,on,rules");
    expect(csv.find((row) => row.startsWith("allowed,shop/web[Pod],shop/db[Pod],"))).toMatch(
      /allows TCP 5432 from shop\/web\[Pod\]: db rule 1 \(shop\.yaml:\d+\); ingress of .* allows TCP 22 .*: admin rule 1 \(shop\.yaml:\d+\)$/,
    );
    for (const wrong of [[], ["-o", "dot"], ["-o", "json", "--grouped"]])
      expect(await run(...wrong)).toMatchObject({ code: 2, stderr: expect.stringContaining("-o json or -o csv") });
  });
});

test("where every output is a file, one line says what was written", async () => {
  await withFolder(FILES, async (directory) => {
    const run = async (...words: readonly string[]) =>
      (await ringwall(["network", ...words, "--no-config"], { directory })).stdout.replaceAll(`${directory}/`, "");
    expect(await run("reach", "shop/web", "shop/db", "shop.yaml", "-o", "csv=a.csv", "-o", "dot=a.dot")).toBe(
      "allowed; written to a.csv, a.dot\n",
    );
    expect(await run("reach", "--batch", "questions.ndjson", "shop.yaml", "-o", "csv=a.csv")).toBe(
      "2 answered, 3 not evaluated; written to a.csv\n",
    );
    expect(await run("map", "shop.yaml", "-o", "json=a.json")).toBe("2 workloads · 2 open pairs; written to a.json\n");
    expect(await run("diff", "shop.yaml", "shop.yaml", "-o", "csv=a.csv")).toMatch(/^No .*; written to a\.csv\n$/);
    expect(await run("test", "assertions.yaml", "shop.yaml", "-o", "junit=a.xml")).toBe(
      "4 assertions: 1 passed, 2 failed, 1 not decided; written to a.xml\n",
    );
    expect(readdirSync(directory).toSorted()).toContain("a.xml");
  });
});

test.each([
  [["reach", "shop/web", "shop/db", "shop.yaml", "-o", "csv=a", "-o", "dot=./a"], "two outputs would be one file"],
  [["map", "shop.yaml", "--grouped"], "--grouped belongs to -o json"],
  [["map", "shop.yaml", "-o", "dot", "--exposure"], "--exposure belongs to -o text, json, csv, markdown"],
  [["map", "shop.yaml", "-o", "csv", "--all"], "--all belongs to -o text"],
  [["test", "two.yaml", "shop.yaml"], "two.yaml:1:1: one document is expected, and there are 2"],
])("%j: what would have no effect is a mistake", async (words, message) => {
  await withFolder({ ...FILES, "two.yaml": `${ASSERTIONS}---\n${ASSERTIONS}` }, async (directory) => {
    const { code, stderr } = await ringwall(["network", ...words, "--no-config"], { directory });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

test("what a ClusterNetworkPolicy cannot limit is said beside its proof", async () => {
  const proof = async (...more: readonly string[]) => (await said("generate", "shop.yaml", ...more))[1];
  expect(await proof("--kind", "ClusterNetworkPolicy")).toContain("from outside and from nodes is open as it is today");
  expect(await proof("--kind", "ClusterNetworkPolicy")).toContain("# shop: no pod may talk to another");
  expect(await proof()).not.toContain("from outside and from nodes");
});
