// Every way a kubeconfig leads to a server, taken by the built program to a real one.

import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { delimiter } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { serversUnavailable, testWithServers } from "../servers/availability.ts";
import { findOpenssl, writeKey } from "../servers/certificates.ts";
import { startControlPlane, type ControlPlane } from "../servers/control-plane.ts";
import { create, SHOP } from "./live-objects.ts";
import { ringwall, type Outcome } from "./program.ts";

let plane: ControlPlane;

beforeAll(async () => {
  if (serversUnavailable() !== undefined) return;
  plane = await startControlPlane({ users: [{ name: "ops", groups: ["system:authenticated", "ops"] }] });
  await plane.createNamespace("shop");
  await create(plane, ...SHOP);
});
afterAll(() => plane?.stop());

const FINDS = ["-n", "shop", "--rule", "workloads/privileged-container"];

interface Parts {
  readonly cluster?: object;
  readonly user?: object;
  readonly namespace?: string;
}

/** A kubeconfig whose context `prod` is the real server's, with these fields instead of the usual ones. */
function kubeconfig(name: string, { cluster, user, namespace }: Parts): string {
  const path = plane.workspace.path(`${name}.config`);
  const usual = { server: plane.url, "certificate-authority": plane.caPath };
  const configuration = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster: cluster ?? usual }],
    users: [{ name: "user", user: user ?? { token: plane.tokens.admin } }],
    contexts: [{ name: "prod", context: { cluster: "test", user: "user", ...(namespace && { namespace }) } }],
    "current-context": "prod",
  };
  writeFileSync(path, JSON.stringify(configuration), { mode: 0o600 });
  return path;
}

const scan = (path: string, ...flags: readonly string[]): Promise<Outcome> =>
  ringwall(["scan", ...FINDS, "--kubeconfig", path, ...flags]);

function expectFound(outcome: Outcome, stderr = ""): void {
  expect([outcome.code, outcome.stderr]).toEqual([1, stderr]);
  expect(outcome.stdout).toContain("shop/cart");
}

const encoded = (path: string): string => readFileSync(path).toString("base64");

testWithServers(
  "KUBECONFIG may be a list, whose parts are merged; --context and the context's namespace count",
  async () => {
    const clusters = [{ name: "c", cluster: { server: plane.url, "certificate-authority": plane.caPath } }];
    const contexts = [
      { name: "prod", context: { cluster: "c", user: "u", namespace: "shop" } },
      { name: "other", context: { cluster: "c", user: "u", namespace: "default" } },
    ];
    const parts = [
      { clusters, "current-context": "other" },
      { users: [{ name: "u", user: { token: plane.tokens.admin } }], "current-context": "prod" },
      { contexts },
    ].map((part, index) => {
      const path = plane.workspace.path(`part-${index}.config`);
      writeFileSync(path, JSON.stringify({ apiVersion: "v1", kind: "Config", ...part }));
      return path;
    });
    const environment = { KUBECONFIG: [...parts, "/nowhere/else"].join(delimiter) };
    const rule = FINDS.slice(2);
    const other = await ringwall(["scan", ...rule], { environment });
    expect(other.stdout).toContain("context other · namespace default");
    const prod = await ringwall(["scan", ...rule, "--context", "prod"], { environment });
    expectFound(prod);
    expect(prod.stdout).toContain("context prod · namespace shop");
  },
);

testWithServers("client certificates and the authority may be files or data", async () => {
  const { certificatePath, keyPath } = plane.certificates.admin;
  const files = { "client-certificate": certificatePath, "client-key": keyPath };
  expectFound(await scan(kubeconfig("files", { user: files })));
  const data = { "client-certificate-data": encoded(certificatePath), "client-key-data": encoded(keyPath) };
  const cluster = { server: plane.url, "certificate-authority-data": encoded(plane.caPath) };
  expectFound(await scan(kubeconfig("data", { cluster, user: data })));
});

testWithServers("a token may be in a file, and a plugin of either version may give it", async () => {
  const tokenFile = plane.workspace.path("token");
  writeFileSync(tokenFile, `${plane.tokens.admin}\n`);
  expectFound(await scan(kubeconfig("token-file", { user: { tokenFile } })));
  for (const version of ["v1", "v1beta1"]) {
    const apiVersion = `client.authentication.k8s.io/${version}`;
    const command = plane.workspace.path(`plugin-${version}`);
    const answer = { apiVersion, kind: "ExecCredential", status: { token: plane.tokens.admin } };
    const isAsked = `printf '%s' "$KUBERNETES_EXEC_INFO" | grep -q '"apiVersion":"${apiVersion}"' || exit 7`;
    writeFileSync(command, `#!/bin/sh\n${isAsked}\necho '${JSON.stringify(answer)}'\n`);
    chmodSync(command, 0o755);
    const exec = { apiVersion, command, interactiveMode: "Never" };
    expectFound(await scan(kubeconfig(version, { user: { exec } })));
  }
});

/** A plugin that gives this status, and writes a line each time. */
function pluginOf(name: string, status: object): { readonly exec: object; readonly runs: () => number } {
  const command = plane.workspace.path(name);
  const apiVersion = "client.authentication.k8s.io/v1";
  const answer = JSON.stringify({ apiVersion, kind: "ExecCredential", status });
  writeFileSync(command, `#!/bin/sh\necho run >> "$0.runs"\necho '${answer}'\n`);
  chmodSync(command, 0o755);
  const runs = () => readFileSync(`${command}.runs`, "utf8").trim().split("\n").length;
  return { exec: { apiVersion, command, interactiveMode: "Never" }, runs };
}

testWithServers(
  "a plugin's expired credential is used, asked for again, and named when the server refuses it",
  async () => {
    const expirationTimestamp = "2020-01-01T00:00:00Z";
    const good = pluginOf("expired-plugin", { token: plane.tokens.admin, expirationTimestamp });
    const used = await scan(kubeconfig("expired", { user: { exec: good.exec } }));
    expect([used.code, used.stdout.includes("shop/cart")]).toEqual([1, true]);
    expect(used.stderr.match(/gave credentials that expired on 2020-01-01T00:00:00.000Z/g)).toHaveLength(1);
    expect(good.runs()).toBeGreaterThan(1);
    const bad = pluginOf("refused-plugin", { token: "n0body", expirationTimestamp });
    const refused = await scan(kubeconfig("refused", { user: { exec: bad.exec } }));
    expect([refused.code, refused.stdout]).toEqual([3, ""]);
    expect(refused.stderr).toMatch(/does not accept these credentials .*they expired on 2020-01-01.*log in again/);
    expect(bad.runs()).toBe(2);
  },
);

testWithServers("a kubeconfig's user may act as another", async () => {
  const token = plane.tokens.admin;
  const user = { token, as: "anybody", "as-groups": ["system:masters"] };
  expectFound(await scan(kubeconfig("as-masters", { user })));
  const nobody = await scan(kubeconfig("as-nobody", { user: { token, as: "grün 用户" } }), "--fail-on", "none");
  expect([nobody.code, nobody.stdout.includes('User "grün 用户" cannot list')]).toEqual([3, true]);
  const alone = await scan(kubeconfig("as-nothing", { user: { token, "as-groups": ["ops"] } }));
  expect([alone.code, alone.stdout]).toEqual([2, ""]);
  expect(alone.stderr).toMatch(/as-nothing\.config:1: user "user" has as-groups but no "as"/);
});

testWithServers("tls-server-name is the name that the certificate must have", async () => {
  const named = (name: string) => ({
    server: plane.url,
    "certificate-authority": plane.caPath,
    "tls-server-name": name,
  });
  expectFound(await scan(kubeconfig("named", { cluster: named("kubernetes.default.svc") })));
  const misnamed = await scan(kubeconfig("misnamed", { cluster: named("api.example") }));
  expect([misnamed.code, misnamed.stdout]).toEqual([3, ""]);
  expect(misnamed.stderr).toMatch(
    /^ringwall: .*not for api\.example, which .*misnamed\.config:1: tls-server-name of .*\n$/,
  );
  expect(misnamed.stderr).not.toContain("--tls-server-name");
  expectFound(await scan(kubeconfig("plain", {}), "--tls-server-name", "localhost"));
});

testWithServers("proxy-url leads through a proxy, and the server is verified behind it", async () => {
  const targets: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, socket) => {
    targets.push(request.url ?? "");
    const upstream = connect(Number(new URL(plane.url).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(upstream).pipe(socket);
    });
    for (const end of [upstream, socket]) end.on("error", () => end.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  try {
    // A name that only the proxy knows.
    const cluster = {
      server: "https://api.cluster.example:6443",
      "certificate-authority": plane.caPath,
      "tls-server-name": "localhost",
      "proxy-url": `http://127.0.0.1:${address.port}`,
    };
    expectFound(await scan(kubeconfig("proxied", { cluster })));
    expect(new Set(targets)).toEqual(new Set(["api.cluster.example:6443"]));
  } finally {
    proxy.close();
  }
});

testWithServers("an unverified server is warned of once, whoever allowed it", async () => {
  const cluster = { server: plane.url, "insecure-skip-tls-verify": true };
  const outcome = await scan(kubeconfig("insecure", { cluster }));
  expect(outcome.code).toBe(1);
  expect(outcome.stderr.trimEnd().split("\n")).toEqual([expect.stringContaining("certificate is not checked")]);
});

testWithServers("--as and --as-group ask with another's rights, also of a service account", async () => {
  const path = kubeconfig("impersonating", {});
  expectFound(await scan(path, "--as", "anybody", "--as-group", "system:masters"));
  const account = await scan(path, "--as", "system:serviceaccount:shop:default", "--fail-on", "none");
  expect(account.code).toBe(3);
  expect(account.stdout).toContain('User "system:serviceaccount:shop:default" cannot list');
});

testWithServers("an expired client certificate is one clear line", async () => {
  const { authority } = plane.certificates;
  const key = writeKey(plane.workspace.path("late.key"));
  const [request, certificate] = [plane.workspace.path("late.csr"), plane.workspace.path("late.crt")];
  const openssl = (...words: readonly string[]) => execFileSync(findOpenssl() ?? "openssl", words, { stdio: "ignore" });
  openssl("req", "-new", "-key", key, "-subj", "/O=system:masters/CN=late", "-out", request);
  const signed = ["-CA", authority.caPath, "-CAkey", authority.caKeyPath, "-set_serial", "77", "-days", "-1"];
  openssl("x509", "-req", "-in", request, ...signed, "-out", certificate);
  const user = { "client-certificate": certificate, "client-key": key };
  const outcome = await scan(kubeconfig("late", { user }));
  expect([outcome.code, outcome.stdout]).toEqual([3, ""]);
  expect(outcome.stderr).toMatch(/^ringwall: .*certificate.*expired.*\n$/);
});
