// A scan of a live cluster by the built program: with all rights, with exactly the printed ones, with fewer; and what it
// says when there is no cluster to be had.

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serversUnavailable, testWithServers } from "../servers/availability.ts";
import { createTestCertificates } from "../../src/sources/api/certificates.fixture.ts";
import { startControlPlane, type ControlPlane } from "../servers/control-plane.ts";
import { grant } from "./grant.ts";
import { interruptible } from "./interruptible.ts";
import { create, PAYMENTS, SECRET, SHOP } from "./live-objects.ts";
import { REPOSITORY, ringwall, withFolder } from "./program.ts";
import { briefly, identitiesOf, scanned } from "./scan-report.ts";

const LAYER = ["--layer", "workloads"];
const FIRST_CONTACT_MILLISECONDS = 5000;

let plane: ControlPlane;

beforeAll(async () => {
  if (serversUnavailable() !== undefined) return;
  const users = ["scanner", "team", "viewer"].map((name) => ({ name, groups: ["system:authenticated"] }));
  plane = await startControlPlane({ users, auditLevel: "Metadata" });
  await plane.createNamespace("shop");
  await plane.createNamespace("payments");
  await create(plane, ...SHOP, ...PAYMENTS, SECRET);
});
afterAll(() => plane?.stop());

const asAdmin = (): readonly string[] => ["--kubeconfig", plane.adminKubeconfigPath];
const asUser = (name: string): readonly string[] => [
  "--kubeconfig",
  plane.kubeconfigFor(name, { token: plane.tokens[name] ?? "" }),
];

testWithServers("without a TARGET the current context's cluster is scanned, all of it with -A", async () => {
  const { code, stderr, report } = await scanned([...asAdmin(), "-A", ...LAYER]);
  expect(stderr).toBe("");
  expect(code).toBe(1);
  expect(report.target).toMatchObject({ kind: "cluster", server: plane.url, kubernetes: `v${plane.version}` });
  expect(report.target.namespaces).toBeUndefined();
  const privileged = briefly(report.findings.filter(({ rule }) => rule === "workloads/privileged-container"));
  expect(privileged).toEqual([
    "CronJob shop/nightly workloads/privileged-container",
    "Deployment payments/ledger workloads/privileged-container",
    "Deployment shop/cart workloads/privileged-container",
  ]);
  expect(report.incomplete.filter(({ accepted }) => accepted !== true)).toEqual([]);
});

testWithServers("without -A it is the context's namespace, and the report says so", async () => {
  const shop = await scanned([...asAdmin(), "-n", "shop", ...LAYER]);
  expect(shop.report.target.namespaces).toEqual(["shop"]);
  expect(shop.report.findings.filter(({ resource }) => resource.namespace === "payments")).toEqual([]);
  expect(briefly(shop.report.findings)).toContain("Deployment shop/cart workloads/privileged-container");
  const text = await ringwall(["scan", ...asAdmin(), ...LAYER]);
  expect(text.stdout).toContain(`${plane.url} · context test · namespace default (-A for all)`);
  expect(text.stdout).not.toContain("shop/cart");
});

testWithServers("who set a value, and when, stands beside it", async () => {
  const { report } = await scanned([...asAdmin(), "-n", "shop", "--rule", "workloads/privileged-container"]);
  const cart = report.findings.find(({ resource }) => resource.name === "cart");
  expect(cart?.evidence[0]).toMatchObject({
    path: "spec.template.spec.containers[0].securityContext.privileged",
    value: true,
    setBy: { manager: expect.any(String), operation: "Update", time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
  });
  expect(cart?.evidence[0]?.setBy?.manager).not.toBe("");
  const text = await ringwall(["scan", ...asAdmin(), "-n", "shop", "--rule", "workloads/privileged-container"]);
  expect(text.stdout).toContain(`${cart?.evidence[0]?.setBy?.manager} ${cart?.evidence[0]?.setBy?.time.slice(0, 10)}`);
});

testWithServers("exactly the printed role misses nothing, and no Secret is asked for", async () => {
  const { stdout: yaml } = await ringwall(["permissions"]);
  expect(yaml).not.toMatch(/"secrets"|\["\*"\]/);
  await grant(plane, yaml, "scanner");
  const admin = await scanned([...asAdmin(), "-A"]);
  const scanner = await scanned([...asUser("scanner"), "-A"]);
  expect(scanner.report.incomplete.filter(({ accepted }) => accepted !== true)).toEqual([]);
  // The scanner's own binding is in the cluster for both.
  expect(scanner.report.summary).toEqual(admin.report.summary);
  expect(identitiesOf(scanner.report)).toEqual(identitiesOf(admin.report));
  const ours = readFileSync(plane.auditLogPath ?? "", "utf8")
    .split("\n")
    .filter((line) => line.includes('"userAgent":"ringwall/'));
  expect(ours.length).toBeGreaterThan(30);
  expect(ours.filter((line) => line.includes('"resource":"secrets"'))).toEqual([]);
  expect(ours.filter((line) => !/"verb":"(get|list)"/.test(line))).toEqual([]);
});

testWithServers("the printed roles for one namespace miss nothing of it", async () => {
  const { stdout: yaml } = await ringwall(["permissions", "-n", "shop", "--name", "ringwall-shop"]);
  await grant(plane, yaml, "team");
  const team = await scanned([...asUser("team"), "-n", "shop"]);
  const admin = await scanned([...asAdmin(), "-n", "shop"]);
  expect(team.report.incomplete.filter(({ accepted }) => accepted !== true)).toEqual([]);
  expect(identitiesOf(team.report)).toEqual(identitiesOf(admin.report));
});

testWithServers("a viewer of one namespace gets exit 3 and is told what was missed, and by which rules", async () => {
  const view = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "system:aggregate-to-view" };
  const binding = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "viewer", namespace: "shop" },
    roleRef: view,
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "viewer" }],
  };
  await plane.request("POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings", binding);
  const flags = [...asUser("viewer"), "-n", "shop", ...LAYER, "--fail-on", "none"];
  const { code, report } = await scanned(flags);
  expect(code).toBe(3);
  expect(briefly(report.findings)).toContain("Deployment shop/cart workloads/privileged-container");
  const templates = report.incomplete.find(({ what }) => what === "podtemplates in namespace shop");
  expect(templates).toMatchObject({
    code: "api/forbidden",
    reason: `${plane.url}: podtemplates is forbidden: User "viewer" cannot list resource "podtemplates" in API group "" in the namespace "shop"`,
  });
  expect(templates?.rules).toContain("workloads/privileged-container");
  const text = await ringwall(["scan", ...flags]);
  expect(text.stdout).toContain("podtemplates is forbidden");
  // Nothing at all may be read in the other namespace: never a clean result.
  const other = await ringwall(["scan", ...asUser("viewer"), "-n", "payments", ...LAYER]);
  expect(other.code).toBe(3);
  expect(other.stdout).toContain(`Nothing was evaluated: no object could be read from ${plane.url}.`);
  const chinese = await ringwall(["scan", ...flags, "--lang", "zh-CN"]);
  expect(chinese.stdout).toContain("命名空间 shop（-A 读取全部）");
});

testWithServers("impersonation is the user's rights, not ours", async () => {
  const { code, report } = await scanned([...asAdmin(), "--as", "nobody", "-n", "shop", ...LAYER]);
  expect(code).toBe(3);
  expect(report.summary.objects).toBe(0);
});

testWithServers("a dump is read as the cluster it was taken from, by name and through a pipe", async () => {
  await withFolder({}, async (folder) => {
    const taken = await ringwall(["dump", ...asAdmin(), "-A", "-o", "all.dump.gz"], { directory: folder });
    expect(taken).toMatchObject({ code: 0, stdout: "" });
    expect(taken.stderr).toContain("No Secret is in it.");
    const plain = await ringwall(["dump", ...asAdmin(), "-A", "-o", "all.ndjson"], { directory: folder });
    expect(plain.code).toBe(0);
    const text = readFileSync(`${folder}/all.ndjson`, "utf8");
    for (const secret of ["hunter2-secret", Buffer.from("hunter2-secret").toString("base64")])
      expect(text).not.toContain(secret);
    const live = await scanned([...asAdmin(), "-A"]);
    const input = readFileSync(`${folder}/all.dump.gz`);
    const ways = [
      await scanned(["all.dump.gz"], { directory: folder }),
      await scanned(["all.ndjson"], { directory: folder }),
      await scanned(["-"], { directory: folder, input }),
      await scanned(["-"], { directory: folder, input: text }),
    ];
    for (const { code, report } of ways) {
      expect(code).toBe(live.code);
      expect(report.target).toMatchObject({ kind: "dump", server: plane.url, kubernetes: `v${plane.version}` });
      expect(identitiesOf(report)).toEqual(identitiesOf(live.report));
      expect(report.findings).toEqual(live.report.findings);
      const { objects: _, resources: __, ...verdicts } = live.report.summary; // a dump holds what every layer reads
      expect(report.summary).toMatchObject(verdicts);
    }
    // In a folder the dump is a file among others: which Kubernetes it is of must be said.
    const inFolder = await scanned([".", "--kubernetes-version", plane.version], { directory: folder });
    expect(identitiesOf(inFolder.report)).toEqual(identitiesOf(live.report)); // the plain one; .gz is named or not read
    const admitted = await ringwall(["workloads", "admit", "all.dump.gz", "--level", "baseline", "-o", "ndjson"], {
      directory: folder,
    });
    expect(admitted.stdout).toContain('"verdict":"denied"');
    writeFileSync(`${folder}/cut.dump.gz`, input.subarray(0, input.length - 100));
    const cut = await scanned(["cut.dump.gz", "--fail-on", "none"], { directory: folder });
    expect(cut.code).toBe(3);
    expect(cut.report.incomplete.map(({ code }) => code)).toContain("dump/truncated");
    const viewer = await ringwall(["dump", ...asUser("viewer"), "-n", "shop", "-o", "some.gz"], { directory: folder });
    expect(viewer.code).toBe(3);
    expect(viewer.stderr).toContain("nodes is forbidden");
    const some = await scanned(["some.gz", "--fail-on", "none"], { directory: folder });
    expect(some.code).toBe(3);
    expect(some.report.incomplete.map(({ what }) => what)).toContain("nodes");
  });
});

testWithServers("a dump through a pipe that is closed early ends without a complaint", async () => {
  const words = [join(REPOSITORY, "dist/ringwall.js"), "dump", ...asAdmin(), "-A"];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code).toBe(0);
  expect(stderr).not.toContain("internal error");
});

testWithServers("files, dump and cluster give the same verdicts and fingerprints for the same objects", async () => {
  const files = await scanned(["-", ...LAYER, "--kubernetes-version", plane.version], {
    input: [NAMESPACE, ...SHOP].map((one) => JSON.stringify(one)).join("\n"),
  });
  const live = await scanned([...asAdmin(), "-n", "shop", ...LAYER]);
  const own = live.report.findings.filter(({ resource }) =>
    [NAMESPACE, ...SHOP].some(({ kind, metadata }) => kind === resource.kind && metadata.name === resource.name),
  );
  expect(identitiesOf({ ...live.report, findings: own })).toEqual(identitiesOf(files.report));
});

testWithServers("one clear line, within 5 seconds, when there is no cluster to be had", async () => {
  const certificates = await createTestCertificates();
  const otherAuthority = plane.workspace.path("other.crt");
  writeFileSync(otherAuthority, certificates.otherAuthority);
  const ownAuthority = plane.workspace.path("own.crt");
  writeFileSync(ownAuthority, certificates.authority);
  const hanging = await listen(createServer());
  const expired = await listen(createTlsServer(certificates.expiredServer));
  const expiredFlags = ["--server", `https://127.0.0.1:${expired.port}`, "--certificate-authority", ownAuthority];
  const cases: readonly (readonly [name: string, flags: readonly string[], code: number, line: string])[] = [
    [
      "wrong token",
      ["--kubeconfig", plane.kubeconfigFor("wrong", { token: "wrong" })],
      3,
      "the server does not accept these credentials",
    ],
    [
      "wrong authority",
      [...asAdmin(), "--certificate-authority", otherAuthority],
      3,
      "certificate signed by an unknown authority",
    ],
    ["expired certificate", [...asAdmin(), ...expiredFlags], 3, "the server's certificate expired on"],
    ["dead server", [...asAdmin(), "--server", "https://127.0.0.1:1"], 3, "connection refused"],
    ["server that hangs", [...asAdmin(), "--server", `https://127.0.0.1:${hanging.port}`], 3, "within 4.5 s"],
    [
      "server that is slower than wanted",
      [...asAdmin(), "--server", `https://127.0.0.1:${hanging.port}`, "--request-timeout", "500ms"],
      3,
      "0.5 s",
    ],
    ["unknown context", [...asAdmin(), "--context", "prd"], 2, 'no context "prd"'],
    ["no kubeconfig", ["--kubeconfig", "/nowhere/config"], 2, "/nowhere/config"],
    ["group without user", [...asAdmin(), "--as-group", "ops"], 2, "--as USER"],
    ["no duration", [...asAdmin(), "--request-timeout", "soon"], 2, 'no such duration "soon"'],
  ];
  try {
    for (const [name, flags, code, line] of cases) {
      const started = performance.now();
      const outcome = await ringwall(["scan", ...flags]);
      const elapsed = performance.now() - started;
      expect([name, outcome.code, outcome.stdout]).toEqual([name, code, ""]);
      expect(outcome.stderr).toContain(line);
      expect([name, outcome.stderr.trimEnd().split("\n")]).toEqual([name, [expect.stringMatching(/^ringwall: /)]]);
      expect([name, elapsed < FIRST_CONTACT_MILLISECONDS + 1500]).toEqual([name, true]); // a busy machine starts it slowly
    }
  } finally {
    hanging.close();
    expired.close();
    certificates.remove();
  }
});

testWithServers("an unchecked certificate is warned of, and the scan goes on", async () => {
  const { code, stderr } = await scanned([...asAdmin(), "-n", "shop", "--insecure-skip-tls-verify", ...LAYER]);
  expect(code).toBe(1);
  expect(stderr).toContain("the server's certificate is not checked");
});

testWithServers("an interrupt ends a scan at once, with 130", async () => {
  const hanging = await listen(createServer());
  try {
    const flags = ["--server", `https://127.0.0.1:${hanging.port}`];
    const { outcome, interrupt } = interruptible(["scan", ...asAdmin(), ...flags]);
    await hanging.connected;
    interrupt();
    expect(await outcome).toMatchObject({ code: 130, stdout: "" });
  } finally {
    hanging.close();
  }
});

test("permissions are printed for features and namespaces, and unknown features are refused", async () => {
  const workloads = await ringwall(["permissions", "workloads"]);
  expect(workloads.stdout).toMatch(/^apiVersion: rbac\.authorization\.k8s\.io\/v1\nkind: ClusterRole\n/);
  expect(workloads.stdout).not.toContain("rolebindings");
  const shop = await ringwall(["permissions", "access", "-n", "shop,payments"]);
  expect(shop.stdout.match(/kind: "?Role"?\n/g)).toHaveLength(2);
  const unknown = await ringwall(["permissions", "acess"]);
  expect(unknown).toMatchObject({ code: 2, stdout: "" });
  expect(unknown.stderr).toBe('ringwall: no such feature "acess". Did you mean access?\n');
});

const NAMESPACE = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };

interface Listener {
  readonly port: number;
  /** Resolves with the first connection. */
  readonly connected: Promise<void>;
  readonly close: () => void;
}

/** Accepts connections and never answers. */
async function listen(server: Server): Promise<Listener> {
  const connected = new Promise<void>((resolve) => {
    server.on("connection", (socket) => {
      socket.on("error", () => {});
      resolve();
    });
  });
  server.on("tlsClientError", () => {}); // whoever does not trust it hangs up
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return { port: address.port, connected, close: () => server.close() };
}
