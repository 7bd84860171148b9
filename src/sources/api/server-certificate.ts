// The certificate a server shows, looked at only to explain why it was not trusted: a handshake without client
// certificate, after which not one byte is sent.

import { connect, type PeerCertificate } from "node:tls";
import { isIP } from "node:net";
import { bareHost } from "./proxy.ts";

export interface ShownCertificate {
  readonly issuer: string;
  /** As OpenSSL writes it, e.g. `Nov 24 10:00:00 2026 GMT`. */
  readonly validFrom: string;
  readonly validTo: string;
}

/** `undefined` when the server shows none in time. */
export function showCertificate(
  server: URL,
  serverName: string | undefined,
  timeoutMilliseconds: number,
): Promise<ShownCertificate | undefined> {
  const host = bareHost(server);
  const name = [serverName, host].find((candidate) => candidate !== undefined && isIP(candidate) === 0);
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(server.port || 443),
      rejectUnauthorized: false,
      ...(name === undefined ? {} : { servername: name }),
    });
    const finish = (certificate: ShownCertificate | undefined) => {
      socket.destroy();
      resolve(certificate);
    };
    socket.setTimeout(timeoutMilliseconds, () => finish(undefined));
    socket.once("secureConnect", () => finish(describe(socket.getPeerCertificate())));
    socket.once("error", () => finish(undefined));
  });
}

function describe(certificate: PeerCertificate): ShownCertificate | undefined {
  // An empty object when the peer showed none; the types do not say so.
  if (certificate.issuer === undefined) return undefined;
  const { CN, O } = certificate.issuer;
  const issuer = [CN, O].flat().find((name) => name !== undefined && name !== "") ?? "without a name";
  return { issuer: JSON.stringify(issuer), validFrom: certificate.valid_from, validTo: certificate.valid_to };
}
