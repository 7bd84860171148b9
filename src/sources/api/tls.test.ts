import { createServer, connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, expect, test as anyTest } from "vitest";
import { createTestCertificates, hasOpenssl, type TestCertificates } from "./certificates.fixture.ts";
import type { Connection } from "./connection.ts";
import { fixedCredential, type ClientCertificate } from "./credential.ts";
import {
  connectionTo,
  sendJson,
  startFakeServer,
  statusBody,
  testTransport,
  type Answerer,
} from "./fake-api-server.fixture.ts";
import { readServerVersion } from "./server-version.ts";

const test = hasOpenssl ? anyTest : anyTest.skip;
let certificates: TestCertificates;
const open: (() => Promise<void>)[] = [];

beforeAll(async () => {
  if (hasOpenssl) certificates = await createTestCertificates();
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});
afterAll(() => certificates?.remove());

const answerVersion: Answerer = (_, response) => sendJson(response, 200, { gitVersion: "v1.36.3" });

async function serve(
  serving: { cert: string; key: string },
  changes: Partial<Connection>,
  answer = answerVersion,
  tls = {},
) {
  const server = await startFakeServer(answer, { ...serving, ...tls });
  const transport = testTransport(connectionTo(server.url, changes));
  open.push(server.stop, transport.close);
  return { server, transport, at: `https://127.0.0.1:${server.url.port}` };
}

const refuse: Answerer = (_, response) => sendJson(response, 401, statusBody(401, "Unauthorized", "Unauthorized"));
const aSecondAhead = (): number => Date.now() + 1000;
const trusted = () => ({ authority: certificates.authority, isVerified: true });

test("a server of a known authority is trusted", async () => {
  const { transport } = await serve(certificates.server, { tls: trusted() });
  expect(await readServerVersion(transport)).toBe("v1.36.3");
});

test("a server of another authority is refused, with its issuer and the next step", async () => {
  const { server, transport, at } = await serve(certificates.server, {
    tls: { authority: certificates.otherAuthority, isVerified: true },
  });
  await expect(readServerVersion(transport)).rejects.toThrow(
    `${at}: certificate signed by an unknown authority (issuer "ringwall-test-ca"); give --certificate-authority, or check that this is your cluster`,
  );
  expect(server.asked).toEqual([]);
});

test("without an authority of its own a private server is not trusted", async () => {
  const { transport } = await serve(certificates.server, {});
  await expect(readServerVersion(transport)).rejects.toMatchObject({ failure: { code: "unknown-authority" } });
});

test("an expired server certificate is told with its date", async () => {
  const { transport, at } = await serve(certificates.expiredServer, { tls: trusted() });
  await expect(readServerVersion(transport)).rejects.toThrow(
    new RegExp(
      `^${at}: the server's certificate expired on .+ 20\\d\\d GMT; renew it, and check this machine's clock$`,
    ),
  );
});

test("a certificate for another name is told with its names", async () => {
  const { transport, at } = await serve(certificates.misnamedServer, { tls: trusted() });
  await expect(readServerVersion(transport)).rejects.toThrow(
    `${at}: the certificate is for elsewhere.test, not for 127.0.0.1; address the server by one of these names, or give one with --tls-server-name`,
  );
});

test("where a name was asked for, the advice is to change what asked for it", async () => {
  const serverName = "wrong.test";
  const serverNameField = 'f:4: tls-server-name of cluster "c"';
  const { transport, at } = await serve(certificates.server, { tls: { ...trusted(), serverName, serverNameField } });
  await expect(readServerVersion(transport)).rejects.toThrow(
    `${at}: the certificate is for 127.0.0.1, localhost, api.test, not for wrong.test, which ${serverNameField} asks for; put one of these names there, or remove it`,
  );
});

test("an address may be asked for in place of a name", async () => {
  const { transport } = await serve(certificates.server, { tls: { ...trusted(), serverName: "127.0.0.1" } });
  expect(await readServerVersion(transport)).toBe("v1.36.3");
  const other = await serve(certificates.server, { tls: { ...trusted(), serverName: "10.0.0.1" } });
  await expect(readServerVersion(other.transport)).rejects.toThrow("not for 10.0.0.1, which tls-server-name asks for");
});

test("tls-server-name is asked for and checked", async () => {
  const { transport } = await serve(certificates.misnamedServer, {
    tls: { ...trusted(), serverName: "elsewhere.test" },
  });
  expect(await readServerVersion(transport)).toBe("v1.36.3");
});

test("an unverified server is talked to only when told so", async () => {
  const { transport } = await serve(certificates.expiredServer, { tls: { isVerified: false } });
  expect(await readServerVersion(transport)).toBe("v1.36.3");
});

test("a server that speaks no TLS is told apart", async () => {
  const server = await startFakeServer(answerVersion);
  const transport = testTransport(connectionTo(new URL(`https://127.0.0.1:${server.url.port}`), { tls: trusted() }));
  open.push(server.stop, transport.close);
  await expect(readServerVersion(transport)).rejects.toMatchObject({ failure: { code: "not-tls" } });
});

/** Answers with the common name of the client certificate. */
const nameClient: Answerer = (request, response) => {
  const name = (request.socket as TLSSocket).getPeerCertificate().subject?.CN; // served over TLS
  sendJson(response, 200, { gitVersion: name ?? "nobody" });
};

test("a client certificate is shown, and a renewed one takes its place", async () => {
  let clientCertificate: ClientCertificate = certificates.client;
  const credentials = { current: async () => ({ clientCertificate }), renew: () => false };
  const ask = { requestCert: true, rejectUnauthorized: false, ca: certificates.authority };
  const { transport } = await serve(certificates.server, { tls: trusted(), credentials }, nameClient, ask);
  expect(await readServerVersion(transport)).toBe("client");
  clientCertificate = certificates.expiredClient;
  expect(await readServerVersion(transport)).toBe("expired-client");
});

test("a missing client certificate is told as the server's refusal", async () => {
  const ask = { requestCert: true, rejectUnauthorized: true, ca: certificates.authority };
  const { transport } = await serve(certificates.server, { tls: trusted() }, nameClient, ask);
  await expect(readServerVersion(transport)).rejects.toMatchObject({
    failure: { code: expect.stringMatching(/^(client-certificate-refused|reset)$/) },
  });
});

test("an expired client certificate is named as the reason of a 401", async () => {
  const credentials = fixedCredential({ clientCertificate: certificates.expiredClient });
  const server = await startFakeServer(refuse, certificates.server);
  const transport = testTransport(connectionTo(server.url, { tls: trusted(), credentials }), { now: aSecondAhead });
  open.push(server.stop, transport.close);
  await expect(readServerVersion(transport)).rejects.toThrow(/; the client certificate expired on 20\d\d-/);
});

test("credentials that were expired by their plugin's own word are named as the reason of a 401", async () => {
  const credentials = fixedCredential({ token: "t", expiresAt: Date.parse("2020-01-02T03:04:05Z") });
  const server = await startFakeServer(refuse, certificates.server);
  const transport = testTransport(connectionTo(server.url, { tls: trusted(), credentials }));
  open.push(server.stop, transport.close);
  await expect(readServerVersion(transport)).rejects.toThrow(
    /; by the credential plugin's own word they expired on 2020-01-02T03:04:05\.000Z: log in again/,
  );
});

async function startProxy(onConnect: (socket: Socket, target: string) => void) {
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", (head) => {
      const target = /^CONNECT (\S+)/.exec(head.toString("latin1"))?.[1] ?? "";
      targets.push(target);
      onConnect(socket, target);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });
  return { url: new URL(`http://user:pa55@127.0.0.1:${(proxy.address() as AddressInfo).port}`), targets }; // it listens
}

test("a proxy tunnels, and the server is still verified behind it", async () => {
  const proxy = await startProxy((socket, target) => {
    const upstream = connect(Number(target.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on("error", () => socket.destroy());
  });
  const { server, transport } = await serve(certificates.server, { tls: trusted(), proxy: proxy.url });
  expect(await readServerVersion(transport)).toBe("v1.36.3");
  expect(proxy.targets).toEqual([`127.0.0.1:${server.url.port}`]);
  const wrong = testTransport(
    connectionTo(server.url, { proxy: proxy.url, tls: { authority: certificates.otherAuthority, isVerified: true } }),
  );
  open.push(wrong.close);
  await expect(readServerVersion(wrong)).rejects.toMatchObject({ failure: { code: "unknown-authority" } });
});

test("a proxy that refuses is told without its password", async () => {
  const proxy = await startProxy((socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
  const { transport, at } = await serve(certificates.server, { tls: trusted(), proxy: proxy.url });
  const reading = readServerVersion(transport);
  await expect(reading).rejects.toThrow(`${at}: the proxy http://127.0.0.1:${proxy.url.port} did not connect`);
  await expect(reading).rejects.not.toThrow("pa55");
});
