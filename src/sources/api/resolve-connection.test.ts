import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test as anyTest } from "vitest";
import { createTestCertificates, hasOpenssl, type TestCertificates } from "./certificates.fixture.ts";
import { warningText } from "./connection-warning.ts";
import { resolveConnection, type ConnectionFlags } from "./resolve-connection.ts";

const test = hasOpenssl ? anyTest : anyTest.skip;
let certificates: TestCertificates;
let directory = "";
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "ringwall-connection-"));
  if (!hasOpenssl) return;
  certificates = await createTestCertificates();
  write("pki/ca.crt", certificates.authority);
  write("pki/client.crt", certificates.client.certificate);
  write("pki/client.key", certificates.client.key);
});
afterAll(() => {
  certificates?.remove();
  rmSync(directory, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

interface Parts {
  readonly cluster?: object;
  readonly user?: object;
  readonly context?: object;
  readonly environment?: Record<string, string>;
  readonly flags?: ConnectionFlags;
}

function resolve({ cluster, user, context, environment, flags }: Parts) {
  const explicit = write(
    "config",
    JSON.stringify({
      "current-context": "prod",
      contexts: [{ name: "prod", context: { cluster: "c", user: "u", ...context } }],
      clusters: [{ name: "c", cluster: { server: "https://10.0.0.1:6443", ...cluster } }],
      users: [{ name: "u", user: user ?? { token: "t" } }],
    }),
  );
  return resolveWith({ explicit, ...(environment && { environment }), ...(flags && { flags }) });
}

function resolveWith(request: { explicit?: string; environment?: Record<string, string>; flags?: ConnectionFlags }) {
  const serviceAccountDirectory = join(directory, "account");
  const terminal = { isInteractive: false };
  const homeDirectory = join(directory, "no-home");
  return resolveConnection({
    environment: {},
    homeDirectory,
    now: () => 0,
    terminal,
    serviceAccountDirectory,
    ...request,
  });
}

test("files are found beside the kubeconfig, and data counts before files, with a warning", async () => {
  const files = {
    cluster: { "certificate-authority": "pki/ca.crt" },
    user: { "client-certificate": "pki/client.crt", "client-key": "pki/client.key" },
    context: { namespace: "shop" },
  };
  const connection = await resolve(files);
  expect(connection).toMatchObject({ context: "prod", namespace: "shop", tls: { authority: certificates.authority } });
  expect(await connection.credentials.current()).toEqual({ clientCertificate: certificates.client });
  const data = Buffer.from(certificates.otherAuthority).toString("base64");
  const both = await resolve({ cluster: { "certificate-authority": "absent", "certificate-authority-data": data } });
  expect(both.tls.authority).toBe(certificates.otherAuthority);
  expect(both.warnings.map(warningText)).toEqual([
    'certificate-authority of cluster "c": both the data and the file are given; the data counts',
  ]);
});

test("what cannot be read or used is told by its field before anything connects", async () => {
  await expect(resolve({ cluster: { "certificate-authority": "pki/absent" } })).rejects.toThrow(
    /^certificate-authority of cluster "c": ENOENT/,
  );
  const noPem = Buffer.from("hello").toString("base64");
  await expect(resolve({ cluster: { "certificate-authority-data": noPem } })).rejects.toThrow(
    'certificate-authority of cluster "c": no usable certificate or key in PEM',
  );
  await expect(resolve({ user: { "client-certificate": "pki/client.crt" } })).rejects.toThrow(
    'user "u" has a client certificate but no key',
  );
});

test("skipping verification is warned of, and contradicts an authority", async () => {
  const insecure = { "insecure-skip-tls-verify": true };
  const connection = await resolve({ cluster: insecure });
  expect(connection.tls).toEqual({ isVerified: false });
  expect(connection.warnings.map((warning) => warning.code)).toEqual(["insecure-skip-tls-verify"]);
  const both = { ...insecure, "certificate-authority": "pki/ca.crt" };
  await expect(resolve({ cluster: both })).rejects.toMatchObject({ failure: { code: "insecure-with-authority" } });
  const lifted = await resolve({
    cluster: { "certificate-authority": "pki/ca.crt" },
    flags: { insecureSkipTlsVerify: true },
  });
  expect(lifted.tls.isVerified).toBe(false);
});

test("flags beat the kubeconfig", async () => {
  const connection = await resolve({
    user: { as: "file-user", "as-groups": ["file-group"] },
    flags: { server: "https://other:1234", token: "flag", tlsServerName: "api.test", as: "eve", asGroups: ["dev"] },
  });
  expect(connection.server.href).toBe("https://other:1234/");
  expect(connection.tls.serverName).toBe("api.test");
  expect(await connection.credentials.current()).toEqual({ token: "flag" });
  expect(connection.impersonation).toEqual({ user: "eve", uid: "", groups: ["dev"], extra: {} });
});

test("the kubeconfig's impersonation counts where no flag does", async () => {
  const user = { as: "eve", "as-uid": "7", "as-groups": ["dev"], "as-user-extra": { team: ["a", "b"] } };
  expect((await resolve({ user })).impersonation).toEqual({
    user: "eve",
    uid: "7",
    groups: ["dev"],
    extra: { team: ["a", "b"] },
  });
  await expect(resolve({ flags: { asGroups: ["dev"] } })).rejects.toThrow("give --as USER too");
});

test("unknown contexts are answered with the known ones", async () => {
  await expect(resolve({ flags: { context: "prd" } })).rejects.toThrow(/no context "prd" in .+; there are prod$/);
  await expect(resolve({ context: { cluster: "x" } })).rejects.toMatchObject({ failure: { code: "cluster-unknown" } });
  await expect(resolve({ context: { user: "x" } })).rejects.toMatchObject({ failure: { code: "user-unknown" } });
  const explicit = write("no-current", 'contexts: [{"name": "b"}, {"name": "a"}]');
  await expect(resolveWith({ explicit })).rejects.toThrow(/no current context; choose one of a, b with --context/);
});

test("servers without a scheme, with a wrong one, or none", async () => {
  expect((await resolve({ cluster: { server: "localhost:8080" } })).server.href).toBe("http://localhost:8080/");
  const secure = { server: "10.0.0.1:6443", "certificate-authority": "pki/ca.crt" };
  expect((await resolve({ cluster: secure })).server.href).toBe("https://10.0.0.1:6443/");
  await expect(resolve({ cluster: { server: "ftp://a" } })).rejects.toMatchObject({
    failure: { code: "server-invalid" },
  });
  await expect(resolve({ cluster: { server: "" } })).rejects.toMatchObject({ failure: { code: "server-missing" } });
});

test("user names with passwords and auth providers are refused with what to use instead", async () => {
  await expect(resolve({ user: { username: "a", password: "b" } })).rejects.toThrow(
    "use a token, certificate or exec plugin",
  );
  await expect(resolve({ user: { "auth-provider": { name: "gcp" } } })).rejects.toThrow("gke-gcloud-auth-plugin");
});

test("proxies: proxy-url first, else the environment unless NO_PROXY names the host", async () => {
  const environment = { HTTPS_PROXY: "proxy.example:3128", NO_PROXY: "10.1.0.0/16,.internal" };
  const proxyOf = async (server: string, cluster: object = {}) =>
    (await resolve({ cluster: { server, ...cluster }, environment })).proxy?.href;
  expect(await proxyOf("https://10.0.0.1")).toBe("http://proxy.example:3128/");
  expect(await proxyOf("https://10.1.2.3")).toBeUndefined();
  expect(await proxyOf("https://api.internal:6443")).toBeUndefined();
  expect(await proxyOf("https://127.0.0.1:6443")).toBeUndefined();
  expect(await proxyOf("https://10.1.2.3", { "proxy-url": "https://p:1" })).toBe("https://p:1/");
  await expect(proxyOf("https://a", { "proxy-url": "socks5://u:pw@p:1" })).rejects.toThrow(
    'proxy-url of cluster "c": socks5 proxies are not supported; give an http or https proxy, or a direct route',
  );
});

test("a token file is read again when it is old, and when the server refuses the token", async () => {
  const path = write("token", "first\n");
  let now = 0;
  const { tokenFileCredential } = await import("./token-file.ts");
  const source = tokenFileCredential({ path, field: "tokenFile", base: {}, now: () => now });
  const first = await source.current();
  writeFileSync(path, "second");
  expect(await source.current()).toEqual({ token: "first" });
  now = 60_000;
  expect(await source.current()).toEqual({ token: "second" });
  writeFileSync(path, "third");
  expect(source.renew(first)).toBe(true);
  expect(await source.current()).toEqual({ token: "second" });
  source.renew(await source.current());
  expect(await source.current()).toEqual({ token: "third" });
  rmSync(path);
  now = 120_000;
  expect(await source.current()).toEqual({ token: "third" });
});

test("a pod uses its service account", async () => {
  const environment = { KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "443" };
  write("account/ca.crt", certificates.authority);
  write("account/token", "pod-token\n");
  write("account/namespace", "scanner");
  const connection = await resolveWith({ environment });
  expect(connection.server.href).toBe("https://[fd00::1]/");
  expect(connection.namespace).toBe("scanner");
  expect(await connection.credentials.current()).toEqual({ token: "pod-token" });
  expect(connection.tls.authority).toBe(readFileSync(join(directory, "account/ca.crt"), "utf8"));
});

test("nowhere to connect to is one clear line", async () => {
  await expect(resolveWith({})).rejects.toThrow(
    `no cluster to talk to: there is no ${join(directory, "no-home/.kube/config")} and this is no pod; give --kubeconfig FILE or a TARGET`,
  );
});
