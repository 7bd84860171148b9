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
  expect(connection).toMatchObject({
    context: "prod",
    namespace: "shop",
    tls: { authority: certificates.authority.trim() },
  });
  expect(await connection.credentials.current()).toEqual({ clientCertificate: certificates.client });
  const data = Buffer.from(certificates.otherAuthority).toString("base64");
  const both = await resolve({ cluster: { "certificate-authority": "absent", "certificate-authority-data": data } });
  expect(both.tls.authority).toBe(certificates.otherAuthority.trim());
  expect(both.warnings.map(warningText)).toEqual([
    `${join(directory, "config")}:1: certificate-authority of cluster "c": both the data and the file are given; the data counts`,
  ]);
});

const encoded = (text: string): string => Buffer.from(text).toString("base64");
/** What a message begins with: the kubeconfig (one line of JSON), then the field. */
const placed = (field: string): string => `${join(directory, "config")}:1: ${field}: `;

test("a file that cannot be read is told by kubeconfig, field and path, without errno", async () => {
  const absent = join(directory, "pki/absent");
  for (const field of ["client-certificate", "client-key"]) {
    const user = { "client-certificate": "pki/client.crt", "client-key": "pki/client.key", [field]: "pki/absent" };
    await expect(resolve({ user })).rejects.toThrow(`${placed(`${field} of user "u"`)}there is no file ${absent};`);
  }
  const authority = placed('certificate-authority of cluster "c"');
  await expect(resolve({ cluster: { "certificate-authority": "pki/absent" } })).rejects.toThrow(
    `${authority}there is no file ${absent}; correct the path, or put the file there`,
  );
  await expect(resolve({ cluster: { "certificate-authority": "pki" } })).rejects.toThrow(
    `${authority}${join(directory, "pki")} is a directory; name the file in it`,
  );
  const tokenFile = placed('tokenFile of user "u"');
  const source = (await resolve({ user: { tokenFile: "pki/absent" } })).credentials;
  await expect(source.current()).rejects.toThrow(`${tokenFile}there is no file ${absent};`);
  write("pki/empty", "\n");
  const empty = (await resolve({ user: { tokenFile: "pki/empty" } })).credentials;
  await expect(empty.current()).rejects.toThrow(`${tokenFile}${join(directory, "pki/empty")} is empty;`);
});

test("an authority must hold a certificate, in whole base64; what stands around it is passed over", async () => {
  const field = placed('certificate-authority-data of cluster "c"');
  const withData = (data: string) => resolve({ cluster: { "certificate-authority-data": data } });
  await expect(withData(encoded("hello"))).rejects.toThrow(
    `${field}no usable certificate in PEM (no BEGIN CERTIFICATE`,
  );
  await expect(withData(encoded(certificates.client.key))).rejects.toThrow(`${field}no usable certificate`);
  const broken = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
  await expect(withData(encoded(broken))).rejects.toThrow(`${field}no usable certificate`);
  const whole = encoded(`${certificates.authority}\n`.padEnd(Math.ceil(certificates.authority.length / 3) * 3 + 1));
  for (const data of ["!!!", "a-_b", whole.replace(/=+$/, ""), `${whole}xyz`, `x${whole}`])
    await expect(withData(data)).rejects.toThrow(`${field}this is not base64; copy it again, whole`);
  for (const text of [
    `subject\n${certificates.authority}`,
    `${certificates.authority}garbage`,
    broken + certificates.authority,
  ])
    expect((await withData(encoded(text))).tls.authority).toBe(certificates.authority.trim());
  const folded = encoded(certificates.authority).replace(/.{64}/g, "$&\n");
  expect((await withData(folded)).tls.authority).toBe(certificates.authority.trim());
});

test("a client certificate and its key belong together", async () => {
  const { certificate, key } = certificates.client;
  const data = (cert: string, own: string) => ({
    "client-certificate-data": encoded(cert),
    "client-key-data": encoded(own),
  });
  await expect(resolve({ user: { "client-certificate": "pki/client.crt" } })).rejects.toThrow(
    `${placed('client-certificate of user "u"')}there is no key to this certificate; add client-key or client-key-data`,
  );
  await expect(resolve({ user: data(certificate, certificates.server.key) })).rejects.toThrow(
    `${placed('client-key-data of user "u"')}this key does not belong to the client certificate`,
  );
  await expect(resolve({ user: data("nothing", key) })).rejects.toThrow(
    `${placed('client-certificate-data of user "u"')}no usable certificate`,
  );
  await expect(resolve({ user: data(certificate, certificate) })).rejects.toThrow(
    `${placed('client-key-data of user "u"')}no usable private key`,
  );
  const trailing = await resolve({ user: data(`${certificate}garbage`, `${key}garbage`) });
  expect(await trailing.credentials.current()).toMatchObject({ clientCertificate: {} });
  const alone = await resolve({ user: { "client-key": "pki/client.key" } });
  expect(alone.warnings.map(({ code }) => code)).toEqual(["key-without-certificate"]);
});

test("a token that no header can hold is refused without being quoted", async () => {
  const field = placed('token of user "u"');
  await expect(resolve({ user: { token: "s3cr3t\nx" } })).rejects.toThrow(`${field}the token holds characters`);
  await expect(resolve({ user: { token: "s3cr3t\nx" } })).rejects.not.toThrow("s3cr3t");
  await expect(resolve({ flags: { token: "a b" } })).rejects.toThrow("--token: the token holds characters");
});

test("skipping verification is warned of, and contradicts an authority", async () => {
  const insecure = { "insecure-skip-tls-verify": true };
  const connection = await resolve({ cluster: insecure });
  expect(connection.tls).toEqual({ isVerified: false });
  expect(connection.warnings.map((warning) => warning.code)).toEqual(["insecure-skip-tls-verify"]);
  const both = { ...insecure, "certificate-authority": "pki/ca.crt" };
  await expect(resolve({ cluster: both })).rejects.toThrow(
    `${join(directory, "config")}:1: certificate-authority of cluster "c" contradicts insecure-skip-tls-verify`,
  );
  const flags = { insecureSkipTlsVerify: true, certificateAuthority: join(directory, "pki/ca.crt") };
  await expect(resolve({ flags })).rejects.toThrow("--certificate-authority contradicts insecure-skip-tls-verify");
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

test("--cluster and --user take others of the kubeconfig than the context's", async () => {
  const explicit = write(
    "several",
    JSON.stringify({
      "current-context": "prod",
      contexts: [{ name: "prod", context: { cluster: "a", user: "a", namespace: "shop" } }],
      clusters: ["a", "b"].map((name) => ({ name, cluster: { server: `https://${name}.test` } })),
      users: ["a", "b"].map((name) => ({ name, user: { token: name } })),
    }),
  );
  const connection = await resolveWith({ explicit, flags: { cluster: "b", user: "b" } });
  expect([connection.server.host, connection.namespace]).toEqual(["b.test", "shop"]);
  expect(await connection.credentials.current()).toEqual({ token: "b" });
  await expect(resolveWith({ explicit, flags: { cluster: "c" } })).rejects.toThrow('names the cluster "c"');
  await expect(resolveWith({ explicit, flags: { user: "c" } })).rejects.toThrow('names the user "c"');
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
  await expect(resolve({ user: { token: "t", "as-groups": ["dev"] } })).rejects.toThrow(
    `${join(directory, "config")}:1: user "u" has as-groups but no "as"`,
  );
  await expect(resolve({ user: { token: "t", "as-user-extra": { team: ["a"] } } })).rejects.toThrow(
    "has as-user-extra",
  );
});

test("whom no header can name is refused", async () => {
  await expect(resolve({ flags: { as: "eve\nadmin" } })).rejects.toMatchObject({
    failure: { code: "impersonation-unusable" },
  });
});

test("a flag of impersonation beats its own field and leaves the others, as in client-go", async () => {
  const user = { as: "eve", "as-uid": "7", "as-groups": ["dev"], "as-user-extra": { team: ["a"] } };
  const rest = { uid: "7", groups: ["dev"], extra: { team: ["a"] } };
  expect((await resolve({ user, flags: { as: "bob" } })).impersonation).toEqual({ user: "bob", ...rest });
  const group = await resolve({ user, flags: { asGroups: ["ops"] } });
  expect(group.impersonation).toEqual({ user: "eve", ...rest, groups: ["ops"] });
});

test("unknown contexts are answered with the known ones", async () => {
  await expect(resolve({ flags: { context: "prd" } })).rejects.toThrow(/no context "prd" in .+; there are prod$/);
  await expect(resolve({ context: { cluster: "x" } })).rejects.toMatchObject({ failure: { code: "cluster-unknown" } });
  await expect(resolve({ context: { cluster: "" } })).rejects.toThrow(
    `${join(directory, "config")}:1: context "prod" names no cluster; add cluster: NAME to it, or give --cluster`,
  );
  await expect(resolve({ context: { user: "x" } })).rejects.toMatchObject({ failure: { code: "user-unknown" } });
  const explicit = write("no-current", 'contexts: [{"name": "b"}, {"name": "a"}]');
  await expect(resolveWith({ explicit })).rejects.toThrow(/no current context; choose one of a, b with --context/);
});

test("servers without a scheme, with a wrong one, or none", async () => {
  expect((await resolve({ cluster: { server: "localhost:8080" } })).server.href).toBe("http://localhost:8080/");
  const secure = { server: "10.0.0.1:6443", "certificate-authority": "pki/ca.crt" };
  expect((await resolve({ cluster: secure })).server.href).toBe("https://10.0.0.1:6443/");
  await expect(resolve({ cluster: { server: "ftp://a" } })).rejects.toThrow(
    `${placed('server of cluster "c"')}"ftp://a" is no server address; write https://HOST[:PORT]`,
  );
  await expect(resolve({ cluster: { server: "" } })).rejects.toThrow(
    `${join(directory, "config")}:1: cluster "c" has no server address; add server:`,
  );
  await expect(resolve({ flags: { server: "5" } })).rejects.toThrow('--server: "5" is no server address');
});

test("over plain HTTP nothing that proves who we are is sent or even read, as with kubectl", async () => {
  const user = { "client-certificate": "absent", tokenFile: "absent", exec: { command: "absent" }, as: "eve" };
  const connection = await resolve({ cluster: { server: "http://127.0.0.1:8080" }, user, flags: { token: "t" } });
  expect(await connection.credentials.current()).toEqual({});
  expect(connection.impersonation.user).toBe("eve");
  expect(connection.warnings.map(({ code }) => code)).toEqual(["plain-http"]);
});

test("tls-server-name is a name or an address", async () => {
  for (const name of ["api.test", "10.0.0.1", "fd00::1"])
    expect((await resolve({ cluster: { "tls-server-name": name } })).tls.serverName).toBe(name);
  for (const name of ["https://api.test", "api.test:6443", "5", "a b"]) {
    await expect(resolve({ cluster: { "tls-server-name": name } })).rejects.toThrow(
      `${placed('tls-server-name of cluster "c"')}"${name}" is no host name`,
    );
  }
});

test("where a token or client certificate is given, a plugin is not asked, as in client-go", async () => {
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "absent", interactiveMode: "Never" };
  expect(await (await resolve({ user: { token: "t", exec } })).credentials.current()).toEqual({ token: "t" });
  const files = { "client-certificate": "pki/client.crt", "client-key": "pki/client.key" };
  const both = await resolve({ user: { ...files, exec } });
  expect(await both.credentials.current()).toEqual({ clientCertificate: certificates.client });
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
    '1: proxy-url of cluster "c": socks5 proxies are not supported; give an http or https proxy, or a direct route',
  );
  for (const address of ["localhost:1", "ftp://p:1", "http://5", "http://a b", "http:/p", "http://p:99999"]) {
    await expect(proxyOf("https://a", { "proxy-url": address })).rejects.toThrow(
      `${placed('proxy-url of cluster "c"')}"${address}" is no proxy address`,
    );
  }
  await expect(proxyOf("https://a", { "proxy-url": "http://u:s3cr3t@5" })).rejects.not.toThrow("s3cr3t");
  await expect(resolve({ environment: { HTTPS_PROXY: "5" } })).rejects.toThrow('HTTPS_PROXY: "http://5" is no proxy');
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
  expect(connection.tls.authority).toBe(readFileSync(join(directory, "account/ca.crt"), "utf8").trim());
  expect(connection.warnings).toEqual([]);
  const flags = { token: "flag", certificateAuthority: write("other.crt", certificates.otherAuthority), as: "eve" };
  const flagged = await resolveWith({ environment, flags });
  expect(await flagged.credentials.current()).toEqual({ token: "flag" });
  expect(flagged.tls.authority).toBe(certificates.otherAuthority.trim());
  expect(flagged.impersonation.user).toBe("eve");
  const unverified = await resolveWith({ environment, flags: { insecureSkipTlsVerify: true } });
  expect([unverified.tls.isVerified, unverified.warnings.map(({ code }) => code)]).toEqual([
    false,
    ["insecure-skip-tls-verify"],
  ]);
});

test("a pod whose kubeconfig is missing or empty says that it reads its own cluster", async () => {
  const pod = { KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBERNETES_SERVICE_PORT: "443" };
  const missing = await resolveWith({ environment: { ...pod, KUBECONFIG: "/nowhere/config" } });
  const empty = await resolveWith({ environment: pod, explicit: write("empty-config", "") });
  for (const connection of [missing, empty])
    expect(connection.warnings.map(warningText)).toEqual([
      expect.stringContaining("the cluster this pod runs in is read"),
    ]);
  const odd = { ...pod, KUBERNETES_SERVICE_HOST: "5" };
  await expect(resolveWith({ environment: odd })).rejects.toThrow('"https://5:443" is no server address');
});

test("nowhere to connect to is one clear line", async () => {
  await expect(resolveWith({})).rejects.toThrow(
    `no cluster to talk to: there is no ${join(directory, "no-home/.kube/config")} and this is no pod; give --kubeconfig FILE or a TARGET`,
  );
});
