// Rights whose use an audit log cannot show as a verb: checks inside other requests, and questions that others ask about
// the subject. Nobody may call them unused because the log does not have them.

import type { RuleAtom } from "../cover.ts";

/** Why a log cannot show it. */
export type Unseen =
  | { /** Checked inside a write of a role, binding, request or bundle. */ readonly kind: "inside-writes" }
  | { /** Checked when acting as somebody else. */ readonly kind: "impersonation" }
  | { /** Asked by kubelets, whose port the API server does not see. */ readonly kind: "kubelet" }
  | { /** Asked by other servers: paths, and verbs that no API request has. */ readonly kind: "other-servers" }
  | { /** Checked by an admission plugin that may be on. */ readonly kind: "owners" };

const INSIDE_WRITES: ReadonlySet<string> = new Set(["bind", "escalate", "approve", "sign", "attest"]);
const SEEN: ReadonlySet<string> = new Set([
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
  "*",
]);

/** `undefined` for a right whose use would be in the log. */
export function unseenReason({ verbs, resources, nonResourceURLs, apiGroups }: RuleAtom): Unseen | undefined {
  const [verb = "", resource = ""] = [verbs[0], resources[0]];
  if (nonResourceURLs.length > 0) return { kind: "other-servers" };
  if (INSIDE_WRITES.has(verb) || resource === "signers") return { kind: "inside-writes" };
  if (verb === "impersonate" || verb.startsWith("impersonate:") || verb.startsWith("impersonate-on:"))
    return { kind: "impersonation" };
  if (resource.endsWith("/finalizers")) return { kind: "owners" };
  if (resource.startsWith("nodes/") && resource !== "nodes/status" && isOf(apiGroups, "")) return { kind: "kubelet" };
  return SEEN.has(verb) ? undefined : { kind: "other-servers" };
}

function isOf(apiGroups: readonly string[], group: string): boolean {
  return apiGroups.includes(group) || apiGroups.includes("*");
}
