// What a connection to an API server needs, whatever it came from: kubeconfig, flags or the pod we run in.

import type { ConnectionWarning } from "./connection-warning.ts";
import type { CredentialSource } from "./credential.ts";
import type { Impersonation } from "./impersonation.ts";

export interface Connection {
  /** Base address; may carry a path (a server behind a gateway). */
  readonly server: URL;
  /** The context's name; empty without one. */
  readonly context: string;
  /** Where `-n` is not given. */
  readonly namespace: string;
  readonly tls: ServerTrust;
  readonly proxy?: URL;
  /** Whether answers may be gzipped (`disable-compression` is its opposite). */
  readonly isCompressed: boolean;
  readonly credentials: CredentialSource;
  readonly impersonation: Impersonation;
  readonly warnings: readonly ConnectionWarning[];
}

/** How the server proves who it is. */
export interface ServerTrust {
  /** PEM; this machine's authorities when absent. */
  readonly authority?: string;
  /** The name its certificate must have, when that is not the address. */
  readonly serverName?: string;
  /** What asked for that name, e.g. `/home/u/.kube/config:6: tls-server-name of cluster "prod"`. */
  readonly serverNameField?: string;
  readonly isVerified: boolean;
}

/** The server as messages name it: without user, password and trailing slash. */
export function serverName(server: URL): string {
  return `${server.protocol}//${server.host}${server.pathname.replace(/\/+$/, "")}`;
}
