// A server on loopback that misbehaves on demand: for the faults a real API server does not produce when asked.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Connection } from "./connection.ts";
import { fixedCredential } from "./credential.ts";
import { NO_IMPERSONATION } from "./impersonation.ts";
import { createTransport, type Transport, type TransportOptions } from "./transport.ts";

export type Answerer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

export interface FakeServer {
  readonly url: URL;
  /** Paths with query, in the order asked. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

export async function startFakeServer(answer: Answerer, tls?: ServerOptions): Promise<FakeServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(request.url ?? "");
    answer(request, response, new URL(request.url ?? "", "http://fake"));
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    url: new URL(`${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`),
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export function connectionTo(server: URL, changes: Partial<Connection> = {}): Connection {
  return {
    server,
    context: "",
    namespace: "default",
    tls: { isVerified: true },
    isCompressed: true,
    credentials: fixedCredential({ token: "correct" }),
    impersonation: NO_IMPERSONATION,
    warnings: [],
    ...changes,
  };
}

export interface TestTransport extends Transport {
  /** Pauses that were asked for, in milliseconds; none is really waited. */
  readonly pauses: readonly number[];
}

const now = (): number => Date.parse("2026-11-24T12:00:00Z");

export function testTransport(connection: Connection, options: Partial<TransportOptions> = {}): TestTransport {
  const pauses: number[] = [];
  const retryTools = {
    random: () => 0,
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
    },
  };
  const transport = createTransport({ connection, userAgent: "ringwall/test", now, retryTools, ...options });
  return { ...transport, pauses };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

export function statusBody(code: number, reason: string, message: string, more: object = {}): object {
  return { kind: "Status", apiVersion: "v1", status: "Failure", code, reason, message, ...more };
}

export interface PodItem {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string };
}

export function podItem(number: number, name = `pod-${number}`): PodItem {
  return { metadata: { name, namespace: "shop", uid: `uid-${number}` } };
}

export function podList(items: readonly unknown[], metadata: object = {}): object {
  return { kind: "PodList", apiVersion: "v1", metadata: { resourceVersion: "7", ...metadata }, items };
}
