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

/**
 * What an identity must have for the subject to apply: `u:USER` or `g:GROUP`; `undefined` when nobody can. A service
 * account without a namespace is of the binding's namespace, and nobody in a ClusterRoleBinding.
 */
export function subjectKey(subject: Subject, bindingNamespace: string): string | undefined {
  switch (subject.kind) {
    case "User":
      return `u:${subject.name}`;
    case "Group":
      return `g:${subject.name}`;
    case "ServiceAccount": {
      const namespace = subject.namespace || bindingNamespace; // empty text is absent upstream
      return namespace === "" ? undefined : `u:${serviceAccountUser(namespace, subject.name)}`;
    }
    default:
      return undefined;
  }
}

/** The keys of an identity, in the form of {@link subjectKey}; repeated groups once. */
export function identityKeys(identity: Identity): readonly string[] {
  const keys = [`u:${identity.user}`];
  for (const group of identity.groups) {
    const key = `g:${group}`;
    if (!keys.includes(key)) keys.push(key);
  }
  return keys;
}

/** Index of the first subject that applies to the identity, or -1. */
export function firstApplying(identity: Identity, subjects: readonly Subject[], bindingNamespace: string): number {
  const keys = identityKeys(identity);
  return subjects.findIndex((subject) => {
    const key = subjectKey(subject, bindingNamespace);
    return key !== undefined && keys.includes(key);
  });
}
