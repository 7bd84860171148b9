// What proves who we are to the API server, and where it comes from.

import { apiError } from "./api-error.ts";

export interface ClientCertificate {
  /** PEM, leaf first. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

export interface Credential {
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
  readonly clientCertificate?: ClientCertificate;
  /** Milliseconds since 1970, where whoever gave it said so. */
  readonly expiresAt?: number;
}

export interface CredentialSource {
  /** The credential to use now; may read a file or run a plugin. Throws ApiError. */
  readonly current: (signal?: AbortSignal) => Promise<Credential>;
  /** The server refused `used`: forget it. Whether asking again can give another. */
  readonly renew: (used: Credential) => boolean;
}

/** Milliseconds since 1970, as `Date.now` gives them. */
export type Clock = () => number;

export function fixedCredential(credential: Credential): CredentialSource {
  return { current: async () => credential, renew: () => false };
}

/** Throws `token-unusable` for what no HTTP header may hold (RFC 9110 §5.5). */
export function checkToken(token: string, field: string): void {
  if (/[^\x21-\x7e]/.test(token)) throw apiError("token-unusable", { field });
}
