// From flags to a server that has answered once. Loaded only by commands that talk to a cluster: it brings the HTTP client.

import { homedir } from "node:os";
import { resolve } from "node:path";
import { warningMessage, type ConnectionWarning } from "../../sources/api/connection-warning.ts";
import { serverName, type Connection } from "../../sources/api/connection.ts";
import { resolveConnection } from "../../sources/api/resolve-connection.ts";
import { FIRST_CONTACT_MILLISECONDS, readServerVersion } from "../../sources/api/server-version.ts";
import { createTransport, type Transport } from "../../sources/api/transport.ts";
import { catalogueOf } from "../../report/catalogue.ts";
import { printable } from "../../report/printable.ts";
import { languageOf } from "../language.ts";
import type { Streams } from "../streams.ts";
import { VERSION } from "../version.ts";
import type { ClusterFlags } from "./options.ts";
import { requestTimeoutOf } from "./request-timeout.ts";
import { sourceTexts } from "./source-texts.ts";

export interface Contact {
  readonly transport: Transport;
  readonly connection: Connection;
  /** As messages name it. */
  readonly server: string;
  /** `v1.36.3`; empty when the server keeps it to itself. */
  readonly version: string;
  /** The namespaces asked for; empty for all. */
  readonly namespaces: readonly string[];
}

type ContactFlags = ClusterFlags & { readonly lang?: string };

/** Says on standard error what the user should know. Throws ApiError within 5 s when the server does not answer. */
export async function contact(flags: ContactFlags, streams: Streams): Promise<Contact> {
  const timeoutMilliseconds = requestTimeoutOf(flags.requestTimeout);
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const tell = (warning: ConnectionWarning): void => {
    const { id, arguments: values } = warningMessage(warning);
    streams.stderr.write(`ringwall: ${printable(catalogue.sayAny(id, values))}\n`);
  };
  const connection = await connectionOf(flags, streams, timeoutMilliseconds, tell);
  for (const warning of connection.warnings) tell(warning);
  const transport = createTransport({
    connection,
    userAgent: `ringwall/${VERSION}`,
    now: Date.now,
    ...(timeoutMilliseconds !== undefined && {
      totalTimeoutMilliseconds: timeoutMilliseconds,
      connectTimeoutMilliseconds: Math.min(timeoutMilliseconds, FIRST_CONTACT_MILLISECONDS),
    }),
  });
  try {
    const version = await readServerVersion(transport, { timeoutMilliseconds, signal: streams.signal });
    const namespaces = flags.allNamespaces === true ? [] : [flags.namespace ?? connection.namespace];
    return { transport, connection, server: serverName(connection.server), version, namespaces };
  } catch (error) {
    await transport.close();
    throw error;
  }
}

function connectionOf(
  flags: ContactFlags,
  { environment, directory, stdin, stderr }: Streams,
  timeoutMilliseconds: number | undefined,
  tell: (warning: ConnectionWarning) => void,
): Promise<Connection> {
  const fileOf = (path: string | undefined) => (path === undefined ? undefined : resolve(directory, path));
  return resolveConnection({
    explicit: fileOf(flags.kubeconfig),
    environment,
    homeDirectory: environment["HOME"] ?? homedir(),
    directory,
    now: Date.now,
    terminal: {
      isInteractive: (stdin as { readonly isTTY?: boolean }).isTTY === true, // a terminal's stream says so, others say nothing
      onMessage: (text) => stderr.write(text),
      onWaiting: stderr.isTTY === true ? tell : undefined,
      onWarning: tell,
      timeoutMilliseconds,
    },
    flags: {
      context: flags.context,
      cluster: flags.cluster,
      user: flags.user,
      server: flags.server,
      certificateAuthority: fileOf(flags.certificateAuthority),
      tlsServerName: flags.tlsServerName,
      insecureSkipTlsVerify: flags.insecureSkipTlsVerify,
      token: flags.token,
      as: flags.as,
      asUid: flags.asUid,
      asGroups: flags.asGroup,
    },
  });
}
