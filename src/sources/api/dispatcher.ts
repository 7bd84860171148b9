// The undici dispatcher of a connection: few connections, kept alive, trusting exactly what the kubeconfig trusts.

import { isIP, type Socket } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import { Agent, buildConnector, ProxyAgent, type Dispatcher } from "undici";
import type { Connection } from "./connection.ts";
import type { ClientCertificate } from "./credential.ts";
import { systemAuthorities } from "./tls-material.ts";

export interface DispatcherLimits {
  /** Connections at most; also how many requests the server sees at once. */
  readonly connections: number;
  readonly connectTimeoutMilliseconds: number;
}

export interface Dispatchers {
  /** The dispatcher that shows this certificate; the one before it is closed once its requests have ended. */
  readonly get: (clientCertificate: ClientCertificate | undefined) => Dispatcher;
  /** Whether a connection has ever been made. */
  readonly hasConnected: () => boolean;
  /** Ends all connections at once. */
  readonly close: () => Promise<void>;
}

const KEEP_ALIVE_MILLISECONDS = 30_000;

/** An exec plugin may rotate the client certificate, and TLS shows it per connection: so one dispatcher per certificate. */
export function createDispatchers(connection: Connection, limits: DispatcherLimits): Dispatchers {
  let current: { readonly certificate: string | undefined; readonly dispatcher: Dispatcher } | undefined;
  let hasConnected = false;
  const all: Dispatcher[] = [];
  const connecting = new Set<Socket>();
  return {
    get: (clientCertificate) => {
      const certificate = clientCertificate?.certificate;
      if (current !== undefined && current.certificate === certificate) return current.dispatcher;
      void current?.dispatcher.close().catch(() => {}); // its requests report their own errors
      const dispatcher = createDispatcher(connection, clientCertificate, limits, connecting);
      dispatcher.on("connect", () => (hasConnected = true));
      all.push(dispatcher);
      current = { certificate, dispatcher };
      return dispatcher;
    },
    hasConnected: () => hasConnected,
    close: async () => {
      // Whoever is still being connected to is not waited for.
      for (const socket of connecting) socket.destroy();
      await Promise.all(all.map((dispatcher) => dispatcher.destroy().catch(() => {})));
    },
  };
}

// HTTP/1.1 on purpose: a list is one long answer, and one answer must not hold up the others on a shared connection.
function createDispatcher(
  connection: Connection,
  clientCertificate: ClientCertificate | undefined,
  { connections, connectTimeoutMilliseconds: timeout }: DispatcherLimits,
  connecting: Set<Socket>,
): Dispatcher {
  const { tls, proxy } = connection;
  const trust = {
    rejectUnauthorized: tls.isVerified,
    ...(tls.isVerified ? { ca: tls.authority ?? systemAuthorities() } : {}),
    ...nameToVerify(tls.serverName),
    ...(clientCertificate === undefined ? {} : { cert: clientCertificate.certificate, key: clientCertificate.key }),
  };
  const shared = { connections, pipelining: 1, allowH2: false, keepAliveTimeout: KEEP_ALIVE_MILLISECONDS };
  if (proxy === undefined) {
    const connect = noting(buildConnector({ ...trust, allowH2: false, timeout }), connecting);
    return new Agent({ ...shared, connect });
  }
  return new ProxyAgent({
    ...shared,
    uri: proxy.href,
    connectTimeout: timeout,
    requestTls: { ...trust, allowH2: false },
    proxyTls: { ca: systemAuthorities(), allowH2: false },
  });
}

/** An address is no name to ask for (RFC 6066 §3): the certificate is only checked for it. */
function nameToVerify(name: string | undefined): Readonly<Record<string, unknown>> {
  if (name === undefined) return {};
  if (isIP(name) === 0) return { servername: name };
  return { checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate) };
}

/** Keeps the sockets that have not connected yet. */
function noting(connect: buildConnector.connector, connecting: Set<Socket>): buildConnector.connector {
  return (options, callback) => {
    const socket = connect(options, (...result) => {
      connecting.delete(socket);
      callback(...result);
    }) as unknown as Socket; // it returns the socket, though its type says nothing
    connecting.add(socket);
  };
}
