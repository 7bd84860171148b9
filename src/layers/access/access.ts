// The access engine: who may do what, exactly as the API server decides it. One immutable value per cluster; a change
// gives a new one that shares what did not change.

import type { KubernetesObject } from "../../kubernetes/object.ts";
import type { Action } from "./action.ts";
import type { Decision } from "./decision.ts";
import { checkEscalation, type EscalationVerdict } from "./escalation.ts";
import type { Grant } from "./grant.ts";
import type { Identity } from "./identity.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { authorizeRbac, rbacGrantsOf, resolveRules, type ResolvedRules } from "./rbac-authorizer.ts";
import { changeRbac, type RbacChange } from "./rbac-change.ts";
import { emptyRbacState, isRbacObject, type RbacState } from "./rbac-state.ts";
import { serverWording, type ErrorWording } from "./resolution-error.ts";
import type { AccessObject, ObjectIdentity, ResourceReference } from "./resource-reference.ts";
import { whoCan, type WhoCan } from "./who-can.ts";

export interface AccessOptions {
  /** Of namespaced objects that name none; `default` unless given. */
  readonly defaultNamespace?: string;
  /** The API server's words unless given. */
  readonly wording?: ErrorWording;
}

export interface Access<S> {
  readonly authorize: (identity: Identity, action: Action) => Decision<S>;
  readonly grantsOf: (identity: Identity, action: Action) => readonly Grant<S>[];
  readonly whoCan: (action: Action) => WhoCan<S>;
  readonly rulesOf: (identity: Identity, namespace: string) => ResolvedRules<S>;
  readonly checkEscalation: (
    identity: Identity,
    namespace: string,
    rules: readonly PolicyRule[],
  ) => EscalationVerdict<S>;
  readonly with: (changes: Iterable<AccessChange<S>>) => Access<S>;
  readonly rbac: RbacState<S>;
}

/** An object was added or replaced, or is gone. */
export type AccessChange<S> =
  | { readonly kind: "set"; readonly object: KubernetesObject; readonly source: S }
  | { readonly kind: "delete"; readonly identity: ObjectIdentity; readonly source: S };

/** Builds the engine. Objects of other kinds are ignored; of two with one identity the last counts. Linear. */
export function createAccess<S>(objects: Iterable<AccessObject<S>>, options: AccessOptions = {}): Access<S> {
  return accessOf(changeRbac(emptyRbacState<S>(), settings(objects, options), true), options);
}

function accessOf<S>(rbac: RbacState<S>, options: AccessOptions): Access<S> {
  const wording = options.wording ?? serverWording;
  return {
    rbac,
    authorize: (identity, action) => authorizeRbac(rbac, identity, action, wording),
    grantsOf: (identity, action) => rbacGrantsOf(rbac, identity, action),
    whoCan: (action) => whoCan(rbac, action),
    rulesOf: (identity, namespace) => resolveRules(rbac, identity, namespace),
    checkEscalation: (identity, namespace, rules) => checkEscalation(rbac, identity, namespace, rules, wording),
    with: (changes) => accessOf(changeRbac(rbac, changesOf(changes, options), false), options),
  };
}

function* settings<S>(objects: Iterable<AccessObject<S>>, options: AccessOptions): Generator<RbacChange<S>> {
  for (const { object, source } of objects) {
    if (!isRbacObject(object.apiVersion, object.kind)) continue;
    const { name, namespace } = object.metadata ?? {};
    yield { object, resource: reference({ ...object, name: name ?? "", namespace }, source, options) };
  }
}

function* changesOf<S>(changes: Iterable<AccessChange<S>>, options: AccessOptions): Generator<RbacChange<S>> {
  for (const change of changes) {
    if (change.kind === "set") yield* settings([change], options);
    else if (isRbacObject(change.identity.apiVersion, change.identity.kind)) {
      yield { object: undefined, resource: reference(change.identity, change.source, options) };
    }
  }
}

function reference<S>(identity: ObjectIdentity, source: S, options: AccessOptions): ResourceReference<S> {
  const { apiVersion, kind, name, namespace } = identity;
  const isNamespaced = kind === "Role" || kind === "RoleBinding";
  const inNamespace = isNamespaced ? namespace || (options.defaultNamespace ?? "default") : ""; // empty is absent
  return { apiVersion, kind, namespace: inNamespace, name, source };
}
