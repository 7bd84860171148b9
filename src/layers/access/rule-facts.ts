// What the access rules keep of each object: roles and bindings whole, of everything else a few names.

import type { Resource } from "../../cluster/resource.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { valueAt, type Path } from "../../kubernetes/path.ts";
import { podTemplatesOf } from "../../kubernetes/pod-template.ts";
import { bindingShape, clusterRoleShape, roleShape } from "../../kubernetes/rbac.ts";
import { narrow } from "../../kubernetes/shape.ts";
import { interned, internedPath } from "../../verdicts/interned.ts";
import type { Extraction, Projection } from "../../verdicts/projection.ts";
import { isRbacObject } from "./rbac-state.ts";

/** A service account that pods of an object run as. */
export interface AccountUse {
  readonly name: string;
  /** Where the object names it, or the pod spec that names none. */
  readonly path: Path;
  readonly isNamed: boolean;
}

export type AccessFacts =
  | { readonly kind: "rbac"; readonly object: KubernetesObject }
  | { readonly kind: "service-account" }
  | { readonly kind: "workload"; readonly accounts: readonly AccountUse[] };

const SHAPES = {
  Role: roleShape,
  ClusterRole: clusterRoleShape,
  RoleBinding: bindingShape,
  ClusterRoleBinding: bindingShape,
} as const;

/** One for all access rules, so that their work is shared. */
export const ACCESS_FACTS: Projection<AccessFacts> = { extract };

function extract({ object }: Resource): Extraction<AccessFacts> | undefined {
  const { apiVersion, kind } = object;
  if (isRbacObject(apiVersion, kind)) {
    const narrowed = narrow(SHAPES[kind as keyof typeof SHAPES], object); // isRbacObject knows only these
    return {
      facts: { kind: "rbac", object },
      isJudged: true,
      ...(!narrowed.ok && { problems: narrowed.problems }),
    };
  }
  if (kind === "ServiceAccount" && apiVersion === "v1") return { facts: { kind: "service-account" }, isJudged: false };
  const accounts = accountsOf(object);
  return accounts.length === 0 ? undefined : { facts: { kind: "workload", accounts }, isJudged: true };
}

function accountsOf(object: KubernetesObject): readonly AccountUse[] {
  const uses = new Map<string, AccountUse>();
  for (const { path } of podTemplatesOf(object)) {
    const value = valueAt(object, path);
    if (value === null || typeof value !== "object") continue;
    const { spec } = value as { readonly spec?: unknown }; // any object may have any field
    if (spec === null || typeof spec !== "object") continue;
    const { serviceAccountName, serviceAccount } = spec as Record<string, unknown>; // as above
    const field = serviceAccountName ? "serviceAccountName" : "serviceAccount";
    const named = serviceAccountName || serviceAccount; // empty is absent
    const name = typeof named === "string" && named !== "" ? named : "default";
    const isNamed = name === named;
    const at = internedPath([...path, "spec", ...(isNamed ? [field] : [])]);
    if (!uses.has(name)) uses.set(name, { name: interned(name), path: at, isNamed });
  }
  return [...uses.values()];
}
