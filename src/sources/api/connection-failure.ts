// From the errors of sockets, TLS, DNS and undici to one line that says what is wrong and what to do.

import { ApiError, apiError, firstLine, wordsOf } from "./api-error.ts";
import { serverName, type Connection } from "./connection.ts";
import { bareHost, withoutPassword } from "./proxy.ts";
import { showCertificate } from "./server-certificate.ts";

const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  "CERT_SIGNATURE_FAILURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
const NOT_TLS: ReadonlySet<string> = new Set(["ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_PACKET_LENGTH_TOO_LONG"]);
const CLIENT_CERTIFICATE_ALERT =
  /^ERR_SSL_.*(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA)$/;
const UNREACHABLE: ReadonlySet<string> = new Set([
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "EHOSTDOWN",
  "ENETDOWN",
]);
const CLOSED: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "ECONNABORTED"]);

const SHOW_CERTIFICATE_MILLISECONDS = 2000;

export interface FailureContext {
  readonly connection: Connection;
  readonly connectTimeoutMilliseconds: number;
}

/** Explains a failure to connect or to read. May shake hands once more to name an untrusted certificate's issuer. */
export async function explainFailure(error: unknown, context: FailureContext): Promise<ApiError> {
  if (error instanceof ApiError) return error;
  const { connection } = context;
  const server = serverName(connection.server);
  const code = codeOf(error);
  const words = wordsOf(innermost(error));
  if (connection.proxy !== undefined && isProxyFailure(error, code)) {
    return apiError("proxy-failed", { server, proxy: withoutPassword(connection.proxy.origin), words }, error);
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return wrongName(error, context);
  if (UNKNOWN_AUTHORITY.has(code) || code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return untrusted(error, code, context);
  }
  if (NOT_TLS.has(code)) return apiError("not-tls", { server }, error);
  if (CLIENT_CERTIFICATE_ALERT.test(code)) return apiError("client-certificate-refused", { server, words }, error);
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code === "EPROTO")
    return apiError("tls", { server, words }, error);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "ENODATA") {
    return apiError("dns", { server, host: bareHost(connection.server) }, error);
  }
  if (code === "ECONNREFUSED") return apiError("refused", { server }, error);
  if (UNREACHABLE.has(code)) return apiError("unreachable", { server, words }, error);
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") {
    return apiError("connect-timeout", { server, seconds: context.connectTimeoutMilliseconds / 1000 }, error);
  }
  if (CLOSED.has(code)) return apiError("reset", { server, words }, error);
  return apiError("connection", { server, words }, error);
}

/** The system's or library's code of an error, looked for in its causes and, of several attempts, in the first. */
export function codeOf(error: unknown): string {
  const inner = innermost(error);
  return inner instanceof Error && "code" in inner && typeof inner.code === "string" ? inner.code : "";
}

function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  const hasCode = error instanceof Error && "code" in error && error.code !== undefined;
  if (!hasCode && error instanceof Error && error.cause !== undefined) return innermost(error.cause);
  return error;
}

function isProxyFailure(error: unknown, code: string): boolean {
  if (error instanceof Error && error.name === "SecureProxyConnectionError") return true;
  return (
    code === "UND_ERR_ABORTED" ||
    code === "ECONNREFUSED" ||
    code === "ENOTFOUND" ||
    code === "UND_ERR_CONNECT_TIMEOUT" ||
    CLOSED.has(code)
  );
}

const MOST_NAMES = 5;

function wrongName(error: unknown, { connection }: FailureContext): ApiError {
  // Node attaches the certificate to this one error.
  const certificate = (innermost(error) as { readonly cert?: { readonly subjectaltname?: string } }).cert;
  const all = (certificate?.subjectaltname ?? "").split(", ").map((name) => name.replace(/^(?:DNS|IP Address):/, ""));
  const more = all.length > MOST_NAMES ? ` (and ${all.length - MOST_NAMES} more)` : "";
  const names = firstLine(all.slice(0, MOST_NAMES).join(", ")) + more || "another name";
  const { serverName: asked, serverNameField } = connection.tls;
  const server = serverName(connection.server);
  if (asked === undefined)
    return apiError("certificate-name", { server, names, host: bareHost(connection.server) }, error);
  const field = serverNameField ?? "tls-server-name";
  return apiError("certificate-name-asked", { server, names, host: asked, field }, error);
}

async function untrusted(error: unknown, code: string, { connection }: FailureContext): Promise<ApiError> {
  const { server: url, tls, proxy } = connection;
  const server = serverName(url);
  const shown =
    proxy === undefined ? await showCertificate(url, tls.serverName, SHOW_CERTIFICATE_MILLISECONDS) : undefined;
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return apiError("certificate-expired", { server, date: shown?.validTo ?? "an unknown date" }, error);
    case "CERT_NOT_YET_VALID":
      return apiError("certificate-not-yet-valid", { server, date: shown?.validFrom ?? "an unknown date" }, error);
    default:
      return apiError("unknown-authority", { server, issuer: shown?.issuer ?? "unknown" }, error);
  }
}
