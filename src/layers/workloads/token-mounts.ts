// Whose pods get a service account token: what pods and accounts say about automounting, taken while the input streams.
// The pod's word counts, then the account's, then yes (kubernetes/plugin/pkg/admission/serviceaccount/admission.go).

import type { Resource } from "../../cluster/resource.ts";
import { groupOf } from "../../kubernetes/object.ts";
import { valueAt, type Path } from "../../kubernetes/path.ts";
import { podTemplatesOf } from "../../kubernetes/pod-template.ts";
import { interned, internedPath } from "../../verdicts/interned.ts";
import type { Projection } from "../../verdicts/projection.ts";

export interface PodTokenMount {
  /** Of the field that says it, in the object. */
  readonly field: Path;
  readonly account: string;
  /** What the pod itself says; `undefined` where it says nothing. */
  readonly automount: boolean | undefined;
}

export type TokenMountFacts =
  | { readonly kind: "account"; readonly automount: boolean | undefined }
  | { readonly kind: "pods"; readonly pods: readonly PodTokenMount[] };

export const TOKEN_MOUNTS: Projection<TokenMountFacts> = {
  extract: ({ object }) => {
    if (groupOf(object.apiVersion) === "" && object.kind === "ServiceAccount") {
      const automount = booleanAt(object, ["automountServiceAccountToken"]);
      return { facts: { kind: "account", automount }, isJudged: false };
    }
    const pods = podTemplatesOf(object).flatMap(({ path }) => mountOf(object, path));
    if (pods.length === 0) return undefined;
    return { facts: { kind: "pods", pods }, isJudged: pods.some(({ automount }) => automount !== false) };
  },
};

function mountOf(object: Resource["object"], at: Path): readonly PodTokenMount[] {
  if (valueAt(object, [...at, "metadata", "annotations", "kubernetes.io/config.mirror"]) != null) return []; // no account
  const spec = [...at, "spec"];
  const field = [...spec, "automountServiceAccountToken"];
  const account = textAt(object, [...spec, "serviceAccountName"]) || textAt(object, [...spec, "serviceAccount"]);
  return [{ field: internedPath(field), account: interned(account || "default"), automount: booleanAt(object, field) }];
}

// Fields of the wrong type are reported where pods are narrowed; here they say nothing.
function booleanAt(object: unknown, path: Path): boolean | undefined {
  const value = valueAt(object, path);
  return typeof value === "boolean" ? value : undefined;
}

function textAt(object: unknown, path: Path): string {
  const value = valueAt(object, path);
  return typeof value === "string" ? value : "";
}
