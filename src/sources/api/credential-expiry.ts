// Whether a refused credential has plainly run out: the end of its client certificate or of its JSON web token. Only
// explains a 401; nothing is decided by it.

import { X509Certificate } from "node:crypto";
import type { Credential } from "./credential.ts";

/** `; the token expired on 2026-11-24T10:00:00.000Z`, or empty. `now` in milliseconds since 1970. */
export function expiryHint(credential: Credential, now: number): string {
  const token = credential.token === undefined ? undefined : tokenEnd(credential.token);
  if (token !== undefined && token <= now) return `; the token expired on ${isoTime(token)}`;
  const certificate = credential.clientCertificate;
  const end = certificate === undefined ? undefined : certificateEnd(certificate.certificate);
  if (end !== undefined && end <= now) return `; the client certificate expired on ${isoTime(end)}`;
  const { expiresAt } = credential;
  if (expiresAt === undefined || expiresAt > now) return "";
  return `; by the credential plugin's own word they expired on ${isoTime(expiresAt)}: log in again, and check this machine's clock`;
}

function certificateEnd(pem: string): number | undefined {
  try {
    return new X509Certificate(pem).validToDate.getTime();
  } catch {
    return undefined;
  }
}

function tokenEnd(token: string): number | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    const end = claims !== null && typeof claims === "object" && "exp" in claims ? claims.exp : undefined;
    return typeof end === "number" ? end * 1000 : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds since 1970 as messages write a time. */
export function isoTime(milliseconds: number): string {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : "an odd date";
}
