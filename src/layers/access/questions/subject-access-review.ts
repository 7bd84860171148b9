// SubjectAccessReview objects in and out, as the API server answers them
// (k8s.io/api/authorization/v1, k/k pkg/registry/authorization/util/helpers.go).

import { groupOf } from "../../../kubernetes/object.ts";
import { array, map, narrow, object, string, type ShapeProblem, type TypeOf } from "../../../kubernetes/shape.ts";
import { pathAction, resourceAction, type Action, type FieldRequirement } from "../action.ts";
import type { Decision } from "../decision.ts";
import { parseFieldSelector } from "../field-selector.ts";
import type { Identity } from "../identity.ts";

const selector = object({
  rawSelector: string,
  requirements: array(object({ key: string, operator: string, values: array(string) })),
});
const reviewShape = object({
  apiVersion: string,
  kind: string,
  metadata: object({ namespace: string }),
  spec: object({
    user: string,
    groups: array(string),
    uid: string,
    extra: map(array(string)),
    resourceAttributes: object({
      namespace: string,
      verb: string,
      group: string,
      version: string,
      resource: string,
      subresource: string,
      name: string,
      fieldSelector: selector,
      labelSelector: selector,
    }),
    nonResourceAttributes: object({ path: string, verb: string }),
  }),
});
type ReviewSpec = NonNullable<TypeOf<typeof reviewShape>["spec"]>;

export type ReadReview =
  | { readonly ok: true; readonly identity: Identity; readonly action: Action }
  | { readonly ok: false; readonly problem: ReviewProblem };

export type ReviewProblem =
  | { readonly kind: "not-a-review" }
  | { readonly kind: "malformed"; readonly problems: readonly ShapeProblem[] }
  | { /** Exactly one of resourceAttributes and nonResourceAttributes is needed. */ readonly kind: "attributes" }
  | { /** A user or at least one group is needed. */ readonly kind: "no-identity" }
  | { /** A LocalSubjectAccessReview asks about its own namespace only. */ readonly kind: "namespace" };

/** Reads a SubjectAccessReview or LocalSubjectAccessReview. User and groups are taken literally. */
export function readReview(value: unknown): ReadReview {
  const narrowed = narrow(reviewShape, value);
  if (!narrowed.ok) return { ok: false, problem: { kind: "malformed", problems: narrowed.problems } };
  const { apiVersion, kind, metadata, spec } = narrowed.value;
  const isReview = kind === "SubjectAccessReview" || kind === "LocalSubjectAccessReview";
  if (!isReview || groupOf(apiVersion ?? "") !== "authorization.k8s.io")
    return { ok: false, problem: { kind: "not-a-review" } };
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec ?? {};
  if ((resource == null) === (path == null)) return { ok: false, problem: { kind: "attributes" } };
  const identity = identityOf(spec ?? {});
  if (identity.user === "" && identity.groups.length === 0) return { ok: false, problem: { kind: "no-identity" } };
  if (path != null) {
    if (kind === "LocalSubjectAccessReview") return { ok: false, problem: { kind: "namespace" } };
    return { ok: true, identity, action: pathAction(path.verb ?? "", path.path ?? "") };
  }
  if (kind === "LocalSubjectAccessReview" && (resource?.namespace ?? "") !== (metadata?.namespace ?? "")) {
    return { ok: false, problem: { kind: "namespace" } };
  }
  return { ok: true, identity, action: actionOf(resource ?? {}) };
}

function identityOf(spec: ReviewSpec): Identity {
  const extra = Object.entries(spec.extra ?? {}).map(([key, values]) => [key, textsOf(values)] as const);
  return {
    user: spec.user ?? "",
    groups: textsOf(spec.groups),
    ...(spec.uid ? { uid: spec.uid } : {}), // an empty uid is none
    ...(extra.length === 0 ? {} : { extra: Object.fromEntries(extra) }),
  };
}

function actionOf(attributes: NonNullable<ReviewSpec["resourceAttributes"]>): Action {
  const { verb, group, resource, subresource, namespace, name } = attributes;
  const action = resourceAction(verb ?? "", resource ?? "", {
    apiGroup: group ?? "",
    subresource: subresource ?? "",
    namespace: namespace ?? "",
    name: name ?? "",
  });
  const fieldSelector = requirementsOf(attributes.fieldSelector);
  return fieldSelector.length === 0 ? action : { ...action, fieldSelector };
}

/** Requirements that no field selector can express are dropped: the rest asks for no less. */
function requirementsOf(stored: TypeOf<typeof selector> | null | undefined): readonly FieldRequirement[] {
  const requirements = stored?.requirements ?? [];
  if (requirements.length === 0) return parseFieldSelector(stored?.rawSelector ?? "") ?? [];
  return requirements.flatMap((one) => {
    const values = textsOf(one?.values);
    const operator = one?.operator === "In" ? "=" : one?.operator === "NotIn" ? "!=" : undefined;
    if (operator === undefined || values.length !== 1) return [];
    return [{ field: one?.key ?? "", operator, value: values[0] ?? "" }];
  });
}

function textsOf(list: readonly (string | null)[] | null | undefined): readonly string[] {
  return (list ?? []).map((text) => text ?? "");
}

export interface ReviewStatus {
  readonly allowed: boolean;
  readonly reason?: string;
}

/** The status the API server writes: an empty reason is left out. */
export function reviewStatus<S>({ allowed, reason }: Decision<S>): ReviewStatus {
  return reason === "" ? { allowed } : { allowed, reason };
}
