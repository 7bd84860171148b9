// Roles and bindings as the engine keeps them: narrowed once, nulls gone, with the reference to where they came from.

import type { LabelSelector, Labels } from "../../kubernetes/label-selector.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import {
  bindingShape,
  clusterRoleShape,
  roleShape,
  type Binding,
  type ClusterRole,
  type Role,
} from "../../kubernetes/rbac.ts";
import { narrow, type Shape, type ShapeProblem } from "../../kubernetes/shape.ts";
import { policyRuleOf } from "./policy-rule.ts";
import { keyOf, type ResourceReference } from "./resource-reference.ts";
import { createRuleSet, type RuleSet } from "./rule-set.ts";
import { subjectOf, type Subject } from "./subject.ts";

export interface RoleRef {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

/** Where a rule of an aggregated ClusterRole comes from: another ClusterRole's `rules[index]`. */
export interface RuleOrigin<S> {
  readonly role: ResourceReference<S>;
  readonly index: number;
}

export interface RoleRecord<S> {
  readonly resource: ResourceReference<S>;
  readonly rules: RuleSet;
  readonly labels: Labels;
  /** Present when the ClusterRole has an aggregationRule. */
  readonly selectors?: readonly LabelSelector[];
  /** Read from an API server, so its rules are what authorizes, aggregated or not. */
  readonly isStored: boolean;
  /** One per rule, when the engine aggregated them itself. */
  readonly origins?: readonly RuleOrigin<S>[];
}

export interface BindingRecord<S> {
  readonly resource: ResourceReference<S>;
  readonly subjects: readonly Subject[];
  readonly roleRef: RoleRef;
  /** Key of the role among roles; `undefined` for a kind that does not resolve. */
  readonly roleKey: string | undefined;
}

export type RecordResult<T> =
  | { readonly ok: true; readonly record: T }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/** Reads a Role or ClusterRole. */
export function readRole<S>(object: KubernetesObject, resource: ResourceReference<S>): RecordResult<RoleRecord<S>> {
  const shape: Shape<Role | ClusterRole> = resource.kind === "Role" ? roleShape : clusterRoleShape;
  const narrowed = narrow(shape, object);
  if (!narrowed.ok) return narrowed;
  const role = narrowed.value;
  const selectors = "aggregationRule" in role ? role.aggregationRule : undefined;
  return {
    ok: true,
    record: {
      resource,
      rules: createRuleSet((role.rules ?? []).map(policyRuleOf)),
      labels: role.metadata?.labels,
      isStored: (role.metadata?.resourceVersion ?? "") !== "",
      ...(selectors == null
        ? {}
        : { selectors: (selectors.clusterRoleSelectors ?? []).map((selector) => selector ?? {}) }),
    },
  };
}

/** Reads a RoleBinding or ClusterRoleBinding. */
export function readBinding<S>(
  object: KubernetesObject,
  resource: ResourceReference<S>,
): RecordResult<BindingRecord<S>> {
  const narrowed = narrow<Binding>(bindingShape, object);
  if (!narrowed.ok) return narrowed;
  const { subjects, roleRef: ref } = narrowed.value;
  const roleRef = { apiGroup: ref?.apiGroup ?? "", kind: ref?.kind ?? "", name: ref?.name ?? "" };
  return {
    ok: true,
    record: { resource, subjects: (subjects ?? []).map(subjectOf), roleRef, roleKey: roleKey(roleRef, resource) },
  };
}

/** Key of a Role or ClusterRole: cluster-scoped roles have no namespace. */
function roleKey<S>(roleRef: RoleRef, binding: ResourceReference<S>): string | undefined {
  if (roleRef.kind === "ClusterRole") return keyOf("", roleRef.name);
  if (roleRef.kind !== "Role") return undefined;
  // In a ClusterRoleBinding a Role has no namespace to be looked up in, so it is never found.
  return binding.namespace === "" ? keyOf("\u0000", roleRef.name) : keyOf(binding.namespace, roleRef.name);
}
