// Subjects of bindings against identities (k/k pkg/registry/rbac/validation/rule.go appliesTo).

import { RBAC_GROUP, type StoredSubject } from "../../kubernetes/rbac.ts";
import { serviceAccountUser, type Identity } from "./identity.ts";

/** A subject with every field present; `kind` is literal, so `user` or `serviceaccount` is nobody. */
export interface Subject {
  readonly kind: string;
  readonly apiGroup: string;
  readonly name: string;
  readonly namespace: string;
}

/** The subject a stored one decodes and defaults to (pkg/apis/rbac/v1/defaults.go). */
export function subjectOf(stored: StoredSubject | null): Subject {
  const kind = stored?.kind ?? "";
  const isDefaulted = kind === "User" || kind === "Group";
  return {
    kind,
    apiGroup: stored?.apiGroup || (isDefaulted ? RBAC_GROUP : ""), // an empty text is defaulted too
    name: stored?.name ?? "",
    namespace: stored?.namespace ?? "",
  };
}

/** Whom a subject means: a user of this name, or the members of a group. */
export interface Meant {
  readonly kind: "user" | "group";
  readonly name: string;
}

/**
 * Whom a subject means; `undefined` when nobody. A service account without a namespace is of the binding's namespace, and
 * nobody in a ClusterRoleBinding.
 */
export function whoIsMeant(subject: Subject, bindingNamespace: string): Meant | undefined {
  switch (subject.kind) {
    case "User":
      return { kind: "user", name: subject.name };
    case "Group":
      return { kind: "group", name: subject.name };
    case "ServiceAccount": {
      const namespace = subject.namespace || bindingNamespace; // empty text is absent upstream
      return namespace === "" ? undefined : { kind: "user", name: serviceAccountUser(namespace, subject.name) };
    }
    default:
      return undefined;
  }
}

/** Index of the first subject that applies to the identity, or -1. */
export function firstApplying(identity: Identity, subjects: readonly Subject[], bindingNamespace: string): number {
  return subjects.findIndex((subject) => {
    const meant = whoIsMeant(subject, bindingNamespace);
    if (meant === undefined) return false;
    return meant.kind === "user" ? meant.name === identity.user : identity.groups.includes(meant.name);
  });
}
