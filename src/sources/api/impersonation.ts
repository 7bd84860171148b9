// Impersonation (`--as`, `--as-group`, `--as-uid` and the kubeconfig's `as`…), as request headers
// (k8s.io/client-go/transport/round_trippers.go).

import { apiError } from "./api-error.ts";

export interface Impersonation {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

export const NO_IMPERSONATION: Impersonation = { user: "", uid: "", groups: [], extra: {} };

/** Header name and values, for undici. Throws `impersonation-without-user`, as the API server would answer 400. */
export function impersonationHeaders(impersonation: Impersonation): Readonly<Record<string, string | string[]>> {
  const { user, uid, groups, extra } = impersonation;
  const extras = Object.entries(extra);
  if (user === "") {
    if (uid === "" && groups.length === 0 && extras.length === 0) return {};
    throw apiError("impersonation-without-user");
  }
  return {
    "impersonate-user": user,
    ...(uid === "" ? {} : { "impersonate-uid": uid }),
    ...(groups.length === 0 ? {} : { "impersonate-group": [...groups] }),
    ...Object.fromEntries(extras.map(([key, values]) => [`impersonate-extra-${escapeKey(key)}`, [...values]])),
  };
}

// A header name is a token (RFC 9110 §5.6.2); anything else, and % itself, is percent-encoded.
function escapeKey(key: string): string {
  const bytes = new TextEncoder().encode(key.toLowerCase());
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[a-z0-9!#$&'*+.^_`|~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
