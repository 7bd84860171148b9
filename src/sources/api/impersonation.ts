// Impersonation (`--as`, `--as-group`, `--as-uid` and the kubeconfig's `as`…), as request headers
// (k8s.io/client-go/transport/round_trippers.go).

import { apiError } from "./api-error.ts";
import type { NamedUser } from "./named-entry.ts";
import type { ConnectionFlags } from "./connection-flags.ts";

export interface Impersonation {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

export const NO_IMPERSONATION: Impersonation = { user: "", uid: "", groups: [], extra: {} };

/**
 * Each flag beats its field of the kubeconfig's user, and only that one, as in client-go. Throws where a group, uid or
 * extra has no user, which the API server would answer with 400.
 */
export function impersonationOf(user: NamedUser, flags: ConnectionFlags): Impersonation {
  const { entry } = user;
  const extra = Object.entries(entry["as-user-extra"] ?? {});
  const groups = flags.asGroups ?? [];
  const impersonation: Impersonation = {
    user: flags.as || (entry.as ?? ""),
    uid: flags.asUid || (entry["as-uid"] ?? ""),
    groups: groups.length > 0 ? groups : (entry["as-groups"] ?? []).map(textOrEmpty),
    extra: Object.fromEntries(extra.map(([key, values]) => [key, (values ?? []).map(textOrEmpty)])),
  };
  if (impersonation.user !== "") return sendable(impersonation);
  if (flags.asUid || groups.length > 0) throw apiError("impersonation-without-user");
  const field = ["as-groups", "as-uid", "as-user-extra"].find((name) => name in entry) ?? "as";
  if (impersonation.uid !== "" || impersonation.groups.length > 0 || extra.length > 0)
    throw apiError("impersonation-incomplete", { place: user.at(field), field, name: user.name });
  return impersonation;
}

/** Throws `impersonation-unusable` for what no HTTP header may hold (RFC 9110 §5.5). */
function sendable(impersonation: Impersonation): Impersonation {
  const { user, uid, groups, extra } = impersonation;
  const name = [user, uid, ...groups, ...Object.values(extra).flat()].find((value) => /\p{Cc}/u.test(value));
  if (name !== undefined) throw apiError("impersonation-unusable", { name });
  return impersonation;
}

function textOrEmpty(value: string | null): string {
  return value ?? "";
}

/** Header name and values, for undici; none without a user. */
export function impersonationHeaders(impersonation: Impersonation): Readonly<Record<string, string | string[]>> {
  const { user, uid, groups, extra } = impersonation;
  const extras = Object.entries(extra);
  if (user === "") return {};
  return {
    "impersonate-user": headerValue(user),
    ...(uid === "" ? {} : { "impersonate-uid": headerValue(uid) }),
    ...(groups.length === 0 ? {} : { "impersonate-group": groups.map(headerValue) }),
    ...Object.fromEntries(
      extras.map(([key, values]) => [`impersonate-extra-${escapeKey(key)}`, values.map(headerValue)]),
    ),
  };
}

/** The bytes of its UTF-8, which Go sends and reads, one to a character, as undici takes them. */
function headerValue(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
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
