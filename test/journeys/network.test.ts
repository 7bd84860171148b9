// What reaches what, asked through the built program: worlds of a real evaluator, the shop, hostile input.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { readXml } from "../formats/xml-reader.ts";
import { readOracleLines, testWithOracle } from "../oracles/oracle.ts";
import { REPOSITORY, ringwall, withFolder } from "./program.ts";

const PROTECTED = "examples/shop/protected";
const INSECURE = "examples/shop/insecure";

interface WorldProbe {
  readonly from: string;
  readonly to: string;
  readonly family?: "IPv4" | "IPv6";
  readonly protocol: string;
  readonly port: number;
  readonly allowed: boolean;
}

interface World {
  readonly id: string;
  readonly kind: string;
  readonly objects: readonly unknown[];
  readonly probes: readonly WorldProbe[];
}

const WORLDS = "network-worlds/worlds.dev.ndjson.gz";
const EVERY = 9;

testWithOracle(WORLDS)(
  "random worlds are answered through reach --batch as a real evaluator answers them",
  async () => {
    const worlds = [...readOracleLines<World>(WORLDS)].filter((_, index) => index % EVERY === 0);
    const kinds = new Set(worlds.map(({ kind }) => kind));
    const wrong: unknown[] = [];
    for (const { id, objects, probes } of worlds) {
      const questions = probes.map(({ from, to, protocol, port, family }) => ({
        from,
        to,
        protocol,
        port,
        ...(family === undefined ? {} : { family: family === "IPv6" ? 6 : 4 }),
      }));
      await withFolder({ "world.ndjson": objects.map((one) => JSON.stringify(one)).join("\n") }, async (folder) => {
        const input = questions.map((one) => JSON.stringify(one)).join("\n");
        const { code, stdout, stderr } = await ringwall(["network", "reach", "--batch", "-", "world.ndjson"], {
          directory: folder,
          input,
        });
        const answers = linesOf(stdout);
        if (code !== 0 || answers.length !== probes.length) wrong.push({ id, code, stderr, answers: answers.length });
        for (const [index, { allowed }] of probes.entries())
          if (answers[index]?.["verdict"] !== (allowed ? "allowed" : "denied"))
            wrong.push({ id, answer: answers[index] });
      });
    }
    expect(worlds.length).toBeGreaterThanOrEqual(20);
    expect(kinds.size).toBeGreaterThanOrEqual(4);
    expect(wrong).toEqual([]);
  },
  120_000,
);

type Answer = Readonly<Record<string, unknown>>;

function linesOf(text: string): readonly Answer[] {
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Answer])); // each line is an object
}

interface Connection {
  readonly from: string;
  readonly to: string;
  readonly ports: Readonly<Record<string, string>>;
}

test("the map of the protected shop is the table in its README", async () => {
  const { code, stdout } = await ringwall(["network", "map", PROTECTED, "-o", "json"]);
  const map = JSON.parse(stdout) as {
    readonly connections: readonly Connection[];
    readonly depends: readonly unknown[];
  }; // by its schema
  expect(code).toBe(0);
  expect(mistakesIn(map, "network-map.v1.json")).toEqual([]);
  expect(map.depends).toEqual([]);
  const found = map.connections.flatMap(({ from, to, ports }) =>
    (ports["TCP"] ?? "").split(",").map((port) => `${bare(from)} > ${bare(to)} ${port}`),
  );
  expect(found.toSorted()).toEqual([...new Set(tableOf(readme()))].toSorted());
});

function bare(end: string): string {
  return end.replace(/\[.*$/, "");
}

function readme(): string {
  return readFileSync(join(REPOSITORY, "examples/README.md"), "utf8");
}

/** The rows between workloads of the shop and with the outside; the ingress controller and DNS are not in the folder. */
function tableOf(text: string): readonly string[] {
  const rows = [...text.matchAll(/^\| (.+?) \| (.+?) \| ([\d, ]+?) \|$/gm)];
  return rows.flatMap(([, sources = "", targets = "", ports = ""]) =>
    sources.includes("ingress controller")
      ? []
      : listed(sources).flatMap((from) =>
          targetsOf(targets, from).flatMap((to) => ports.split(", ").map((port) => `${from} > ${to} ${port}`)),
        ),
  );
}

const ABOUT: Readonly<Record<string, string>> = {
  web: "shop/web",
  cart: "shop/cart",
  api: "shop/api",
  search: "shop/search",
  mailer: "shop/mailer",
  payments: "payments/payments",
};

function listed(names: string): readonly string[] {
  return names.split(", ").map((name) => ABOUT[name] ?? name);
}

function targetsOf(targets: string, from: string): readonly string[] {
  if (targets === "itself") return [from];
  const address = /\d+\.\d+\.\d+\.\d+(\/\d+)?$/.exec(targets)?.[0];
  return address === undefined ? listed(targets) : [RANGES[address] ?? address];
}

const RANGES: Readonly<Record<string, string>> = {
  "203.0.113.0/28": "203.0.113.0-203.0.113.15",
  "192.0.2.0/24": "192.0.2.0-192.0.2.255",
};

test("reach says which policy and rule decide, where they stand, and what comes nearest", async () => {
  const denied = await ringwall(["network", "reach", "shop/web", "shop/db", "--port", "TCP/5432", PROTECTED]);
  expect(denied.code).toBe(1);
  expect(denied.stdout).toMatch(/^denied {2}egress of shop\/web: isolated by default-deny \(/);
  expect(denied.stdout).toMatch(/Nearest rule: db rule 1 \(examples\/shop\/protected\/db\.yaml:\d+\) asks for/);
  const allowed = await ringwall([
    "network",
    "reach",
    "shop/api",
    "svc/shop/db",
    "--port",
    "5432",
    PROTECTED,
    "-o",
    "json",
  ]);
  const answer = JSON.parse(allowed.stdout) as Answer; // by its schema
  expect([allowed.code, answer["verdict"], mistakesIn(answer, "network-reach.v1.json")]).toEqual([0, "allowed", []]);
});

test("what depends exits 3 and says on what", async () => {
  const policy = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "p", namespace: "a" },
    spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "10.1.0.0/16" } }] }] },
  };
  const input = [policy, deployment("one"), deployment("two")].map((one) => JSON.stringify(one)).join("\n");
  const asked = ["network", "reach", "a/one", "a/two", "--port", "80", "-"];
  const open = await ringwall(asked, { input });
  expect([open.code, open.stdout]).toEqual([3, expect.stringContaining("--pod-cidr narrows it")]);
  expect((await ringwall([...asked, "--pod-cidr", "10.2.0.0/16"], { input })).code).toBe(1);
  expect((await ringwall([...asked, "--pod-cidr", "10.1.4.0/24"], { input })).code).toBe(0);
});

function deployment(name: string): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "a" },
    spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "c", image: "i" }] } } },
  };
}

test("the difference between the insecure and the protected shop closes and opens nothing", async () => {
  const { code, stdout } = await ringwall(["network", "diff", INSECURE, PROTECTED, "-o", "json", "--exit-code"]);
  const diff = JSON.parse(stdout) as { readonly changes: readonly Answer[] }; // by its schema
  expect(code).toBe(1);
  expect(mistakesIn(diff, "network-diff.v1.json")).toEqual([]);
  expect(diff.changes.filter(({ opened }) => opened !== undefined)).toEqual([]);
  expect(diff.changes).toContainEqual(
    expect.objectContaining({ from: "shop/web[Deployment]", to: "shop/db[StatefulSet]", closed: "all" }),
  );
  const same = await ringwall(["network", "diff", PROTECTED, PROTECTED, "--exit-code"]);
  expect([same.code, same.stdout]).toEqual([0, "No connection opens or closes.\n"]);
});

const ASSERTIONS = `assertions:
  - {name: payments never reaches the internet, from: payments/*, to: internet, expect: denied}
  - {name: only cart reaches the cache, to: shop/cache, ports: [TCP/11211], onlyFrom: [shop/cart]}
`;

test("assertions hold, fail with a counter-example, or are not decided", async () => {
  const wrong = "assertions: [{from: nowhere/*, to: internet, expect: denied}]";
  await withFolder({ "a.yaml": ASSERTIONS, "wrong.yaml": wrong, "none.yaml": "assertions: []" }, async (folder) => {
    const run = (file: string, target: string, ...more: readonly string[]) =>
      ringwall(["network", "test", join(folder, file), target, ...more]);
    expect((await run("a.yaml", PROTECTED)).code).toBe(0);
    const failed = await run("a.yaml", INSECURE, "-o", "json");
    expect([failed.code, mistakesIn(JSON.parse(failed.stdout), "network-test.v1.json")]).toEqual([1, []]);
    const junit = await run("a.yaml", INSECURE, "-o", "junit");
    expect(junit.stdout).toContain('failures="2"');
    expect(() => readXml(junit.stdout)).not.toThrow();
    expect((await run("wrong.yaml", PROTECTED)).code).toBe(3);
    expect((await run("none.yaml", PROTECTED)).code).toBe(3);
  });
});

test("a misspelt selector of an assertion is refused, a port may be a number", async () => {
  const files = {
    "typo.yaml": "assertions: [{from: {podSelecter: {}}, to: shop/db, expect: denied}]",
    "number.yaml": "assertions: [{from: shop/api, to: shop/db, ports: [5432], expect: allowed}]",
  };
  await withFolder(files, async (folder) => {
    const typo = await ringwall(["network", "test", join(folder, "typo.yaml"), PROTECTED]);
    expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('"podSelecter". Did you mean podSelector?')]);
    expect((await ringwall(["network", "test", join(folder, "number.yaml"), PROTECTED])).code).toBe(0);
  });
});

test("a batch may begin with a byte order mark", async () => {
  const input = '\uFEFF{"from":"shop/web","to":"svc/shop/api","port":8080}\r\n';
  const { code, stdout } = await ringwall(["network", "reach", "--batch", "-", PROTECTED], { input });
  expect([code, stdout]).toEqual([0, expect.stringContaining('"verdict":"allowed"')]);
});

test("every format of the map is written, groups stay small and the drawing is quoted", async () => {
  const many = Array.from({ length: 300 }, (_, index) => JSON.stringify(deployment(`w${index}`))).join("\n");
  const odd = JSON.stringify({
    ...deployment('x"]\u001b[31m--> |#<b>'),
    metadata: { name: 'x"]\u001b[31m', namespace: "b" },
  });
  for (const format of ["text", "json", "csv", "markdown", "dot", "mermaid"]) {
    const { code, stdout } = await ringwall(["network", "map", "-", "-o", format], { input: `${many}\n${odd}` });
    expect([format, code]).toEqual([format, 0]);
    expect(stdout).not.toContain("\u001b");
  }
  const grouped = await ringwall(["network", "map", "-", "-o", "json", "--grouped"], { input: many });
  const map = JSON.parse(grouped.stdout) as { readonly groups: readonly unknown[] }; // by its schema
  expect(mistakesIn(map, "network-map.v1.json")).toEqual([]);
  expect(map.groups).toHaveLength(2);
});

test("hostile input is never a clean answer and never a crash", async () => {
  const policy = (spec: unknown): string =>
    JSON.stringify({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "p", namespace: "a" },
      spec,
    });
  const bad = [
    null,
    { ingress: "all" },
    { podSelector: { matchLabels: { a: 1 } } },
    { podSelector: {}, policyTypes: ["Sideways"] },
    { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/99" } }] }] },
    { podSelector: {}, ingress: [{ ports: [{ port: 99_999 }] }] },
    { podSelector: { matchExpressions: [{ key: "__proto__", operator: "Near" }] } },
  ];
  for (const spec of bad) {
    const input = [deployment("one"), deployment("two")]
      .map((one) => JSON.stringify(one))
      .concat(policy(spec))
      .join("\n");
    const { code, stderr } = await ringwall(["network", "reach", "a/one", "a/two", "--port", "80", "-"], { input });
    expect([spec, [0, 1, 3].includes(code ?? -1), stderr]).toEqual([spec, true, ""]);
    if (spec !== null) expect([spec, code]).toEqual([spec, 3]);
  }
  expect((await ringwall(["network", "map", "-"], { input: "" })).code).toBe(3);
  expect((await ringwall(["network", "reach", "a/b", "c/d", "-"], { input: "" })).code).toBe(3);
});

test("a batch answers what it can and says why it cannot the rest", async () => {
  await withFolder(
    { "a.ndjson": `${JSON.stringify(deployment("one"))}\n${JSON.stringify(deployment("two"))}` },
    async (directory) => {
      const good = { from: "a/one", to: "a/two", port: 80 };
      const input = [JSON.stringify(good), "", "{", "[]", JSON.stringify({ ...good, to: "a/twoo" })].join("\n");
      const { code, stdout } = await ringwall(["network", "reach", "--batch", "-", "--explain", "a.ndjson"], {
        directory,
        input,
      });
      const answers = linesOf(stdout);
      for (const answer of answers) expect(mistakesIn(answer, "network-reach.v1.json#/$defs/line")).toEqual([]);
      expect(code).toBe(3);
      expect(answers.map(({ verdict }) => verdict)).toEqual([
        "allowed",
        "not-evaluated",
        "not-evaluated",
        "not-evaluated",
      ]);
      expect(answers[3]?.["nearest"]).toEqual(["a/two[Deployment]"]);
    },
  );
});

test.each([
  [["reach"], "give both ends"],
  [["reach", "a/b", "c/d", PROTECTED, "--port", "99999"], "is no port"],
  [["reach", "a/b", "c/d", PROTECTED, "--family", "5"], "address family"],
  [["reach", "shop/web", "shop/dbb", PROTECTED], "Did you mean shop/db[StatefulSet]?"],
  [["map", PROTECTED, "--pod-cidr", "10.0.0.0"], "is no CIDR"],
  [["map", PROTECTED, "-o", "sarif"], "sarif"],
  [["diff", PROTECTED], "OLD and NEW"],
  [["test"], "assertions"],
] as const)("network %j is refused in one line", async (words, message) => {
  const { code, stderr } = await ringwall(["network", ...words]);
  expect(code).toBe(2);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(message);
});
