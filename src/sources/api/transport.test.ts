import type { ServerResponse } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { ApiError } from "./api-error.ts";
import type { Connection } from "./connection.ts";
import { fixedCredential, type Credential, type CredentialSource } from "./credential.ts";
import {
  connectionTo,
  sendJson,
  startFakeServer,
  statusBody,
  testTransport,
  type Answerer,
} from "./fake-api-server.fixture.ts";
import { readServerVersion } from "./server-version.ts";
import { asJson, type TransportOptions } from "./transport.ts";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

interface Setup extends Partial<TransportOptions> {
  readonly changes?: Partial<Connection>;
}

async function serve(answer: Answerer, { changes, ...options }: Setup = {}) {
  const server = await startFakeServer(answer);
  const transport = testTransport(connectionTo(server.url, changes), options);
  open.push(server.stop, transport.close);
  const at = `http://127.0.0.1:${server.url.port}`;
  return { server, transport, at, read: () => transport.read({ path: "/version" }, asJson(at, "/version")) };
}

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error(`expected an ApiError, got ${String(error)}`);
  return error;
}

test("429 waits as long as Retry-After says", async () => {
  let count = 0;
  const { transport, read } = await serve((_, response) => {
    if (++count < 3) sendJson(response, 429, statusBody(429, "TooManyRequests", "wait"), { "retry-after": "2" });
    else sendJson(response, 200, { gitVersion: "v1.36.3" });
  });
  expect((await read()).value).toEqual({ gitVersion: "v1.36.3" });
  expect(transport.pauses).toEqual([2000, 2000]);
});

test("Retry-After may be a date", async () => {
  let count = 0;
  const { transport, read } = await serve((_, response) => {
    if (++count === 1) sendJson(response, 503, {}, { "retry-after": "Tue, 24 Nov 2026 12:00:03 GMT" });
    else sendJson(response, 200, {});
  });
  await read();
  expect(transport.pauses).toEqual([3000]);
});

test("503 without Retry-After backs off exponentially, then says how often it tried", async () => {
  const { transport, read, at } = await serve((_, response) => {
    sendJson(response, 503, statusBody(503, "ServiceUnavailable", "etcd is down"));
  });
  const error = await failureOf(read());
  expect(error.message).toBe(`${at}: the server cannot answer now: 503 etcd is down`);
  expect(error.failure).toMatchObject({
    answer: { status: 503, reason: "ServiceUnavailable" },
    arguments: { attempts: 5 },
  });
  expect(transport.pauses).toEqual([250, 500, 1000, 2000]);
});

test("a server that asks for a long pause is told and not waited for", async () => {
  const { transport, read } = await serve((_, response) => {
    sendJson(response, 429, statusBody(429, "TooManyRequests", "come back tomorrow"), { "retry-after": "3600" });
  });
  const error = await failureOf(read());
  expect(error.failure).toMatchObject({ code: "throttled", answer: { retryAfterSeconds: 3600 } });
  expect(transport.pauses).toEqual([]);
});

test("a refusal carries the server's own words, and is not tried again", async () => {
  const words = 'pods is forbidden: User "eve" cannot list resource "pods" in API group "" at the cluster scope';
  const { server, read, at } = await serve((_, response) =>
    sendJson(response, 403, statusBody(403, "Forbidden", words)),
  );
  const error = await failureOf(read());
  expect(error.message).toBe(`${at}: ${words}`);
  expect(error.failure).toMatchObject({
    code: "forbidden",
    answer: { status: 403, reason: "Forbidden", message: words },
  });
  expect(server.asked).toHaveLength(1);
});

test("an HTML page in the server's place is named by its title", async () => {
  const { read, at } = await serve((_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<!doctype html><html><head><title>Sign in to Example</title></head></html>");
  });
  expect((await failureOf(read())).message).toBe(
    `${at}: answered 200 with text/html, not with Kubernetes JSON (Sign in to Example); is a proxy or login page in between?`,
  );
});

test("an error page of a load balancer is tried again and told", async () => {
  const { server, read } = await serve((_, response) => {
    response.writeHead(502, { "content-type": "text/html" });
    response.end("<html><head><title>502 Bad Gateway</title></head></html>");
  });
  expect((await failureOf(read())).failure).toMatchObject({
    code: "unavailable",
    answer: { message: "502 Bad Gateway" },
  });
  expect(server.asked).toHaveLength(5);
});

test("a redirect is not followed", async () => {
  const { server, read, at } = await serve((_, response) => {
    response.writeHead(302, { location: "https://login.example/" });
    response.end();
  });
  expect((await failureOf(read())).message).toContain(`${at}: answered with a redirect to https://login.example/`);
  expect(server.asked).toHaveLength(1);
});

test("what a server says cannot steer the terminal", async () => {
  const { read } = await serve((_, response) =>
    sendJson(response, 403, statusBody(403, "Forbidden", "\u001b[2Jhidden\u0007")),
  );
  expect((await failureOf(read())).message).not.toMatch(/\p{Cc}/u);
});

test("a server that hangs is told within the time for first contact", async () => {
  const { transport, at } = await serve(() => {});
  const error = await failureOf(readServerVersion(transport, { timeoutMilliseconds: 150 }));
  expect(error.message).toBe(`${at}: connected, but no answer within 0.15 s; the server may hang or be overloaded`);
});

test("a dead server is told at once", async () => {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo; // a TCP server that listens has one
  await new Promise((resolve) => listener.close(resolve));
  const transport = testTransport(connectionTo(new URL(`http://127.0.0.1:${port}`)));
  open.push(transport.close);
  const error = await failureOf(readServerVersion(transport));
  expect(error.message).toBe(
    `http://127.0.0.1:${port}: connection refused; is the API server running, and is the port right?`,
  );
});

test("a name without an address is told", async () => {
  const transport = testTransport(connectionTo(new URL("http://no-such-host.invalid:6443")));
  open.push(transport.close);
  expect((await failureOf(readServerVersion(transport))).failure.code).toBe("dns");
});

test("a connection that breaks before the answer is tried again", async () => {
  let count = 0;
  const { transport, read } = await serve((_, response) => {
    if (++count === 1) response.destroy();
    else sendJson(response, 200, {});
  });
  await read();
  expect(transport.pauses).toHaveLength(1);
});

test("a refused credential is renewed once", async () => {
  let current: Credential = { token: "old" };
  const credentials: CredentialSource = {
    current: async () => current,
    renew: (used) => {
      expect(used.token).toBe("old");
      current = { token: "new" };
      return true;
    },
  };
  const { server, read } = await serve(
    (request, response) => {
      if (request.headers.authorization === "Bearer new") sendJson(response, 200, { ok: true });
      else sendJson(response, 401, statusBody(401, "Unauthorized", "Unauthorized"));
    },
    { changes: { credentials } },
  );
  expect((await read()).value).toEqual({ ok: true });
  expect(server.asked).toHaveLength(2);
});

test("an expired token is named as the reason of a 401, and never shown", async () => {
  const claims = Buffer.from(JSON.stringify({ exp: Date.parse("2026-11-01T00:00:00Z") / 1000 })).toString("base64url");
  const token = `header.${claims}.signature`;
  const { read, at } = await serve(
    (_, response) => sendJson(response, 401, statusBody(401, "Unauthorized", "Unauthorized")),
    {
      changes: { credentials: fixedCredential({ token }) },
    },
  );
  expect((await failureOf(read())).message).toBe(
    `${at}: the server does not accept these credentials (Unauthorized); the token expired on 2026-11-01T00:00:00.000Z`,
  );
});

test("impersonation travels as headers", async () => {
  let headers: Record<string, unknown> = {};
  const impersonation = { user: "eve", uid: "u1", groups: ["dev", "ops"], extra: { "Example.org/Team": ["a"] } };
  const { read } = await serve(
    (request, response) => {
      headers = request.headers;
      sendJson(response, 200, {});
    },
    { changes: { impersonation } },
  );
  await read();
  expect(headers).toMatchObject({
    "impersonate-user": "eve",
    "impersonate-uid": "u1",
    "impersonate-group": "dev, ops",
    "impersonate-extra-example.org%2fteam": "a",
    "user-agent": "ringwall/test",
  });
});

test("a server behind a path is asked below it", async () => {
  const server = await startFakeServer((_, response) => sendJson(response, 200, {}));
  const transport = testTransport(connectionTo(new URL("/k8s/clusters/c-1/", server.url)));
  open.push(server.stop, transport.close);
  await readServerVersion(transport);
  expect(server.asked).toEqual(["/k8s/clusters/c-1/version"]);
});

test("no more connections than allowed are opened", async () => {
  const sockets = new Set<unknown>();
  const waiting: ServerResponse[] = [];
  const { transport, at } = await serve(
    (request, response) => {
      sockets.add(request.socket);
      waiting.push(response);
      if (waiting.length === 2) for (const one of waiting.splice(0)) sendJson(one, 200, {});
    },
    { connections: 2 },
  );
  await Promise.all(Array.from({ length: 12 }, () => transport.read({ path: "/version" }, asJson(at, "/version"))));
  expect(sockets.size).toBe(2);
});

test("an answer without end is cut off", async () => {
  const { read } = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  expect((await failureOf(read())).failure.code).toBe("too-large");
});
