// A binding that cannot be resolved is remembered, and the others still decide (k/k pkg/registry/rbac/validation/rule.go;
// texts as the API server's listers word them).

import { goQuote } from "./go-quote.ts";
import type { AccessFeatures } from "./minor-differences.ts";
import type { BindingRecord, RoleRef } from "./rbac-record.ts";

export interface ResolutionError<S> {
  readonly kind: "role-not-found" | "cluster-role-not-found" | "unsupported-role-kind";
  readonly binding: BindingRecord<S>;
}

/** How an error reads; tests of the resolver alone use other words than the API server. */
export type ErrorWording = <S>(error: ResolutionError<S>) => string;

export function resolutionErrorOf<S>(binding: BindingRecord<S>): ResolutionError<S> {
  switch (binding.roleRef.kind) {
    case "Role":
      return { kind: "role-not-found", binding };
    case "ClusterRole":
      return { kind: "cluster-role-not-found", binding };
    default:
      return { kind: "unsupported-role-kind", binding };
  }
}

/** The API server's words. */
export const serverWording: ErrorWording = ({ kind, binding }) => {
  const { name, kind: roleKind } = binding.roleRef;
  switch (kind) {
    case "role-not-found":
      return `role.rbac.authorization.k8s.io ${goQuote(name)} not found`;
    case "cluster-role-not-found":
      return `clusterrole.rbac.authorization.k8s.io ${goQuote(name)} not found`;
    case "unsupported-role-kind":
      return `unsupported role reference kind: ${goQuote(roleKind)}`;
  }
};

/**
 * The words of the check on a write, which reads the registry. It names whatever it does not find by the resource that is
 * written (k8s.io/apiserver/pkg/registry/generic/registry/store.go qualifiedResourceFromContext), in older minors by the
 * role's own.
 */
export function writeWording(
  resource: string,
  features: Pick<AccessFeatures, "writeErrorsNameTheWritten">,
): ErrorWording {
  return (error) => {
    if (error.kind === "unsupported-role-kind") return serverWording(error);
    return missingOnWrite(resource, error.binding.roleRef, features);
  };
}

/** A role that a write refers to and the registry does not have. */
export function missingOnWrite(
  resource: string,
  roleRef: RoleRef,
  features: Pick<AccessFeatures, "writeErrorsNameTheWritten">,
): string {
  const own = roleRef.kind === "Role" ? "roles" : "clusterroles";
  const named = features.writeErrorsNameTheWritten ? resource : own;
  return `${named}.rbac.authorization.k8s.io ${goQuote(roleRef.name)} not found`;
}

/** Several errors as one, each text once (k8s.io/apimachinery/pkg/util/errors NewAggregate); empty for none. */
export function aggregateErrors<S>(errors: readonly ResolutionError<S>[], wording: ErrorWording): string {
  const texts = [...new Set(errors.map(wording))];
  return texts.length > 1 ? `[${texts.join(", ")}]` : (texts[0] ?? "");
}
