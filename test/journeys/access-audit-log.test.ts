// What a person sees when an audit log does not show every use: nothing that was not evaluated is called unused.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { mistakesIn } from "../formats/json-schemas.ts";
import { auditEvent, auditLog, CART, type Line } from "./audit-log.ts";
import { ringwall, withFolder } from "./program.ts";

const apiGroup = "rbac.authorization.k8s.io";
const RBAC = [
  {
    apiVersion: `${apiGroup}/v1`,
    kind: "ClusterRole",
    metadata: { name: "worker" },
    rules: [{ apiGroups: [""], resources: ["pods", "secrets"], verbs: ["get", "list", "create"] }],
  },
  {
    apiVersion: `${apiGroup}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name: "worker" },
    roleRef: { apiGroup, kind: "ClusterRole", name: "worker" },
    subjects: [{ kind: "ServiceAccount", name: "cart", namespace: "shop" }],
  },
];
const DEPLOYMENT = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "cart", namespace: "shop" },
  spec: {
    selector: { matchLabels: { app: "cart" } },
    template: { spec: { serviceAccountName: "cart", containers: [{ name: "main", image: "cart:1" }] } },
  },
};
const INPUT = { "in/rbac.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: [...RBAC, DEPLOYMENT] }) };
const USED: readonly Line[] = ["a", "b", "c"].map((name) => ({
  verb: "get",
  uri: `/api/v1/namespaces/shop/secrets/${name}`,
}));
const LOG = auditLog(USED);
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

interface Answer {
  readonly log: { readonly events: number; readonly evidence: string; readonly from: string; readonly to: string };
  readonly subjects: readonly {
    readonly unused: readonly object[];
    readonly replaces: readonly object[];
    readonly notJudged: readonly { readonly reason: string }[];
  }[];
  readonly notInLog: readonly string[];
  readonly notJudged?: readonly string[];
  readonly incomplete: readonly { readonly code: string; readonly reason: string; readonly line?: number }[];
}

async function minimize(log: string | Buffer, ...words: readonly string[]) {
  return withFolder({ ...INPUT, "audit.log": log }, async (directory) =>
    ringwall(["access", "minimize", "--audit-log", "audit.log", ...words, "in"], { directory }),
  );
}
async function answer(log: string | Buffer, ...words: readonly string[]): Promise<Answer> {
  const { stdout } = await minimize(log, "-o", "json", ...words);
  const document = JSON.parse(stdout) as Answer; // our own JSON
  expect(mistakesIn(document, "access-minimize.v1.json")).toEqual([]);
  return document;
}
const codes = ({ incomplete }: Answer): readonly string[] => incomplete.map(({ code }) => code);

const stage = (name: string): string => LOG.replaceAll('"ResponseComplete"', `"${name}"`);
const NOTHING: readonly (readonly [string, string | Buffer, string])[] = [
  ["an empty log", "", "audit-empty"],
  ["a log of blank lines", "\n\n", "audit-no-events"],
  ["a binary log", Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919) % 256)), "audit-not-json"],
  ["a log of v1beta1", LOG.replaceAll("audit.k8s.io/v1", "audit.k8s.io/v1beta1"), "audit-version"],
  ["a log in UTF-16", Buffer.from(`\ufeff${LOG}`, "utf16le"), "audit-encoding"],
  ["a log of requests received", stage("RequestReceived"), "audit-no-decisions"],
];

describe.each(NOTHING)("%s proves nothing", (_, log, code) => {
  test.each([[], ["--subject", CART]])("minimize %j", async (...subject) => {
    const document = await answer(log, ...subject);
    expect([document.log.evidence, codes(document)]).toEqual(["none", expect.arrayContaining([code])]);
    expect(document.subjects.flatMap(({ unused, replaces }) => [...unused, ...replaces])).toEqual([]);
    expect([document.notInLog, document.notJudged ?? []]).toEqual([[], subject.length === 0 ? [CART] : []]);
    for (const format of ["text", "yaml"]) {
      const told = await minimize(log, "-o", format, ...subject);
      expect([told.code, told.stdout]).toEqual([3, expect.stringContaining("NOT EVALUATED")]);
      expect(told.stdout).not.toMatch(/[Uu]nused|needs no role|delete/);
    }
  });

  test("generate takes it for no log: no token is taken away", async () => {
    await withFolder({ ...INPUT, "audit.log": log }, async (directory) => {
      const words = ["access", "generate", "shop/cart", "--audit-log", "audit.log", "in", "-o"];
      const { code, stdout } = await ringwall([...words, "json"], { directory });
      const document = JSON.parse(stdout) as { needsFrom: string; automountServiceAccountToken: boolean }; // our own JSON
      expect(mistakesIn(document, "access-generate.v1.json")).toEqual([]);
      expect(document).toMatchObject({ needsFrom: "bindings", automountServiceAccountToken: true });
      expect(document).toMatchObject({ result: { unused: [], replaces: [] } });
      expect(code).toBe(3);
      const unbound = { ...DEPLOYMENT, metadata: { name: "free", namespace: "shop" } };
      unbound.spec = {
        ...unbound.spec,
        template: { spec: { ...DEPLOYMENT.spec.template.spec, serviceAccountName: "free" } },
      };
      writeFileSync(join(directory, "in/free.json"), JSON.stringify(unbound));
      const free = await ringwall(["access", "generate", "shop/free", ...words.slice(3), "json"], { directory });
      expect(JSON.parse(free.stdout)).toMatchObject({ needsFrom: "declared", automountServiceAccountToken: true });
      for (const format of ["text", "yaml", "patch"]) {
        const told = await ringwall([...words, format], { directory });
        expect([told.code, told.stdout]).toEqual([3, expect.stringContaining("NOT EVALUATED")]);
        expect(told.stdout).not.toMatch(/[Uu]nused|delete/);
      }
    });
  });

  test("escalations does not say how often a change was used", async () => {
    await withFolder({ ...INPUT, "audit.log": log }, async (directory) => {
      const words = ["access", "escalations", "--audit-log", "audit.log", "in"];
      const text = await ringwall(words, { directory });
      expect([text.code, text.stdout]).toEqual([1, expect.stringContaining("NOT EVALUATED")]);
      expect(text.stdout).toContain("Stop it");
      expect(text.stdout).not.toContain("in the given audit log");
      const { stdout } = await ringwall([...words, "-o", "json"], { directory });
      expect(stdout).toContain(`"${code}"`);
      expect(stdout).not.toContain('"used":');
    });
  });
});

const PARTS: readonly (readonly [string, string | Buffer, string])[] = [
  ["a line is broken", `${LOG}{"kind":"Ev\n`, "audit-cut"],
  ["only long requests were logged", stage("ResponseStarted"), "audit-no-completions"],
  ["only panics were logged", stage("Panic"), "audit-no-completions"],
  ["a gzip is cut", gzipSync(LOG).subarray(0, -9), "audit-gzip-cut"],
];

test.each(PARTS)("where %s, what was seen is proposed, and nothing is unused", async (_, log, code) => {
  const document = await answer(log);
  expect([document.log.evidence, codes(document)]).toEqual(["part", [code]]);
  expect(document.subjects).toMatchObject([
    { roles: [{}], unused: [], replaces: [], stays: [{ name: "worker" }], notJudged: [{ reason: "log" }] },
  ]);
  const text = await minimize(log);
  expect(text.code).toBe(3);
  expect(text.stdout).toContain("keep ClusterRoleBinding worker → ClusterRole worker until a log shows every use");
  expect(text.stdout).not.toMatch(/unused|needs no role|delete/);
  const yaml = await minimize(log, "-o", "yaml");
  expect(yaml.stdout).toMatch(/^# NOT EVALUATED\n# {3}audit\.log/);
  expect(yaml.stdout).toContain("# The log does not show every use: keep today's bindings until one does.");
  expect(yaml.stdout).not.toMatch(/delete/);
  expect(parseAllDocuments(yaml.stdout).map((one) => (one.toJS() as { kind: string }).kind)).toEqual([
    "Role",
    "RoleBinding",
  ]);
});

test("escalations counts what a part of a log shows, and never calls a change unused by it", async () => {
  const pod: Line = { verb: "create", uri: "/api/v1/namespaces/shop/pods" };
  const used = auditLog([...USED, pod, pod]);
  const logs = { "whole.log": LOG, "part.log": `${LOG}{\n`, "used.log": used, "used-part.log": `${used}{\n` };
  const rbac = { "in/rbac.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: RBAC }) };
  await withFolder({ ...rbac, ...logs }, async (directory) => {
    const told = async (log: string) => {
      const words = ["access", "escalations", "--as", CART, "in", "--audit-log", log];
      const { stdout } = await ringwall(words, { directory });
      return /\(used .*\)/.exec(stdout.replaceAll(/\s+/g, " "))?.[0];
    };
    const [zero, two] = [0, 2].map((count) => `(used ${count} times in the given audit log)`);
    expect(await told("whole.log")).toBe(zero);
    expect(await told("part.log")).toBeUndefined();
    expect([await told("used.log"), await told("used-part.log")]).toEqual([two, two]);
  });
});

test("a used right is not said to be gone where a part of today's rights was not read", async () => {
  await withFolder({ ...INPUT, "in/broken.yaml": "a: [", "audit.log": LOG }, async (directory) => {
    const log = auditLog([...USED, { verb: "delete", uri: "/api/v1/namespaces/shop/pods/x" }]);
    writeFileSync(join(directory, "audit.log"), log);
    const { code, stdout } = await ringwall(["access", "minimize", "--audit-log", "audit.log", "in"], { directory });
    expect([code, stdout]).toEqual([3, expect.stringContaining("1 used right in the log that no role gives of those")]);
    expect(stdout).not.toContain("no longer");
  });
});

test("what an earlier proposal gives stays in one from a part of a log, for it has the same name", async () => {
  await withFolder(
    { ...INPUT, "audit.log": LOG, "part.log": `${auditLog(USED.slice(0, 1))}{\n` },
    async (directory) => {
      const words = ["access", "minimize", "-o", "yaml", "--audit-log"];
      const whole = await ringwall([...words, "audit.log", "in"], { directory });
      const again = await ringwall([...words, "part.log", "-"], { directory, input: whole.stdout });
      expect([whole.code, again.code]).toEqual([0, 3]);
      const [before, after] = [whole, again].map(({ stdout }) => parseAllDocuments(stdout)[0]?.toJS() as unknown);
      expect(after).toEqual(before);
    },
  );
});

test("a byte order mark loses no event, plain or gzipped, nor where files were joined", async () => {
  const marked = Buffer.concat([BYTE_ORDER_MARK, Buffer.from(LOG)]);
  for (const log of [marked, gzipSync(marked)]) {
    const { code, stdout } = await minimize(log, "-o", "json");
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { log: { events: 3, evidence: "whole" }, incomplete: [] }]);
  }
  expect((await answer(Buffer.concat([marked, marked]))).log.events).toBe(6);
});

test("UTF-16 is named, with what makes text of it", async () => {
  const { stdout } = await minimize(Buffer.from(`\ufeff${LOG}`, "utf16le"));
  expect(stdout).toContain(
    "audit.log  UTF-16, of which nothing was read: give its text as UTF-8 (iconv -f UTF-16 -t UTF-8)",
  );
});

test("what a gzip holds before foreign bytes counts, and the bytes are named", async () => {
  const { incomplete, log } = await answer(Buffer.concat([gzipSync(LOG), Buffer.from("garbage")]));
  expect(log.events).toBe(3);
  expect(incomplete).toEqual([
    {
      code: "audit-gzip-foreign",
      what: "audit.log",
      reason: "7 bytes after the gzip are no gzip: what comes after line 3 was not read",
    },
  ]);
});

test("only RFC 3339 reaches the window; an event with another time counts, and is named", async () => {
  const [first = {}, second = {}, third = {}] = USED.map((line) => auditEvent(line));
  const lines = [
    { ...first, requestReceivedTimestamp: "yesterday" },
    { ...second, requestReceivedTimestamp: "2026-02-30T00:00:00Z" },
    { ...third, requestReceivedTimestamp: "2026-11-25T04:10:00.5+02:00" },
  ];
  const document = await answer(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const at = "2026-11-25T02:10:00.5Z";
  expect(document.log).toMatchObject({ events: 3, evidence: "whole", from: at, to: at });
  expect(document.incomplete.map(({ reason, line }) => [reason, line])).toEqual([
    ['no RFC 3339 time: "yesterday"; the event counts, its time does not', 1],
    ['no RFC 3339 time: "2026-02-30T00:00:00Z"; the event counts, its time does not', 2],
  ]);
});

test("events over several lines are read, however they follow one another", async () => {
  const pretty = USED.map((line) => JSON.stringify(auditEvent(line), null, 4));
  for (const log of [pretty.join("\n"), pretty.join(""), `[${pretty.join(",\r\n")}]`, LOG.replaceAll("\n", " ")])
    expect(await answer(log)).toMatchObject({ log: { events: 3, evidence: "whole" }, incomplete: [] });
});

test("what is no event in a list is named with its place", async () => {
  const [event] = USED.map((line) => auditEvent(line));
  const items = [event, {}, { kind: "Pod", apiVersion: "v1" }, null, 3];
  const list = { kind: "EventList", apiVersion: "audit.k8s.io/v1", items };
  for (const indent of [0, 2]) {
    const document = await answer(JSON.stringify(list, null, indent));
    expect(document.log).toMatchObject({ events: 1, evidence: "part" });
    expect(document.incomplete.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^items\[1\]\.stage: expected RequestReceived, .* found nothing$/),
      "no audit event: items[2]: Pod",
      "no audit event: items[3]: null",
      "no audit event: items[4]: number",
    ]);
  }
});

test.each(["", " ", "User/", "user/ ", "system:serviceaccount:shop:", "system:serviceaccount::cart"])(
  "--subject %j names nobody",
  async (subject) => {
    const { code, stderr } = await minimize(LOG, "--subject", subject);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${JSON.stringify(subject)} names nobody: give`)]);
  },
);

test("a subject that nothing names is asked about, for it may be misspelled", async () => {
  const { code, stdout } = await minimize(LOG, "--subject", "sa/shop/crat");
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining("no binding names it either: is it spelled as in the log?"),
  ]);
  expect((await minimize(LOG, "--subject", CART)).stdout).not.toContain("spelled");
});

test.each([
  [["in"], "in is a TARGET, and the workload is missing: ringwall access generate NAMESPACE/NAME[KIND] in; a"],
  [["./in"], "./in is a TARGET, and the workload is missing: ringwall access generate NAMESPACE/NAME[KIND] ./in\n"],
  [["in", "shop/cart"], "the workload comes first: ringwall access generate shop/cart in"],
  [["a/b/c"], "a/b/c names no workload: give NAMESPACE/NAME[KIND]"],
])("generate %j lacks its workload, and says so", async (words, message) => {
  await withFolder(INPUT, async (directory) => {
    const { code, stderr } = await ringwall(["access", "generate", ...words], { directory });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
