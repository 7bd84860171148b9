// How one becomes a member of a group: most groups are not objects, so who is in them cannot be listed, but the way in
// can be named.

import {
  AUTHENTICATED_GROUP,
  MASTERS_GROUP,
  NODES_GROUP,
  SERVICE_ACCOUNTS_GROUP,
  UNAUTHENTICATED_GROUP,
} from "./identity.ts";

export type Membership =
  | { /** Everyone who authenticates, service accounts and nodes included. */ readonly kind: "authenticated" }
  | { /** Whoever does not authenticate. */ readonly kind: "unauthenticated" }
  | { /** Every service account: whoever can create a pod, or a token, anywhere. */ readonly kind: "service-accounts" }
  | { /** Every service account of one namespace. */ readonly kind: "service-accounts-of"; readonly namespace: string }
  | { /** Kubelets: a client certificate with O=system:nodes, CN=system:node:NAME. */ readonly kind: "nodes" }
  | { /** A client certificate with O=system:masters; no binding grants or takes it. */ readonly kind: "masters" }
  | {
      /** A bootstrap token (Secret of type bootstrap.kubernetes.io/token) whose auth-extra-groups name it. */ readonly kind: "bootstrap-token";
    }
  | { /** A client certificate's O, the identity provider's groups claim, or impersonation. */ readonly kind: "given" };

export function membershipOf(group: string): Membership {
  switch (group) {
    case AUTHENTICATED_GROUP:
      return { kind: "authenticated" };
    case UNAUTHENTICATED_GROUP:
      return { kind: "unauthenticated" };
    case SERVICE_ACCOUNTS_GROUP:
      return { kind: "service-accounts" };
    case NODES_GROUP:
      return { kind: "nodes" };
    case MASTERS_GROUP:
      return { kind: "masters" };
    default:
      if (group.startsWith(`${SERVICE_ACCOUNTS_GROUP}:`)) {
        return { kind: "service-accounts-of", namespace: group.slice(SERVICE_ACCOUNTS_GROUP.length + 1) };
      }
      return { kind: group.startsWith("system:bootstrappers") ? "bootstrap-token" : "given" };
  }
}
