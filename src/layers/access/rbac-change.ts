// Applying changes to the RBAC state: an object of an identity already there takes its place, a new one comes last.

import type { KubernetesObject } from "../../kubernetes/object.ts";
import { RBAC_API_VERSION } from "../../kubernetes/rbac.ts";
import { createBindingScope } from "./binding-scope.ts";
import type { AccessDiagnostic } from "./diagnostic.ts";
import { readBinding, readRole, type BindingRecord, type RoleRecord } from "./rbac-record.ts";
import { createRbacState, type RbacState } from "./rbac-state.ts";
import { keyOf, type ResourceReference } from "./resource-reference.ts";

/** `object` is undefined when the resource is gone. */
export interface RbacChange<S> {
  readonly resource: ResourceReference<S>;
  readonly object: KubernetesObject | undefined;
}

/**
 * The state after the changes, in order. Objects without a name (generateName) never replace another. Linear in the
 * changes and in the bindings of the scopes they touch. `isFirstRead` notes objects that replace one of equal identity.
 */
export function changeRbac<S>(
  state: RbacState<S>,
  changes: Iterable<RbacChange<S>>,
  isFirstRead: boolean,
): RbacState<S> {
  const draft = createDraft(state);
  for (const { resource, object } of changes) {
    const key = draft.keyOf(resource);
    const noted: AccessDiagnostic<S>[] = [];
    const earlier = isFirstRead ? draft.current(resource, key) : undefined;
    if (earlier !== undefined) noted.push({ kind: "duplicate", resource, earlier: earlier.resource });
    if (object !== undefined && resource.apiVersion === RBAC_API_VERSION) {
      const isRole = resource.kind === "Role" || resource.kind === "ClusterRole";
      const read = isRole ? readRole(object, resource) : readBinding(object, resource);
      draft.put(resource, key, read.ok ? read.record : undefined);
      if (!read.ok) noted.push({ kind: "malformed", resource, problems: read.problems });
    } else {
      draft.put(resource, key, undefined);
      if (object !== undefined) noted.push({ kind: "unserved-version", resource });
    }
    draft.note(resource, key, noted);
  }
  return draft.finish();
}

function createDraft<S>(state: RbacState<S>) {
  const roles = new Map<string, RoleRecord<S> | undefined>();
  const scopes = new Map<string, Map<string, BindingRecord<S>>>();
  const problems = new Map<string, readonly AccessDiagnostic<S>[] | undefined>();
  let changesClusterRoles = false;
  let unnamed = state.unnamed;
  const bindingsOf = (namespace: string) => {
    let bindings = scopes.get(namespace);
    if (bindings === undefined) scopes.set(namespace, (bindings = new Map(state.scopes.get(namespace)?.bindings)));
    return bindings;
  };
  const isRole = ({ kind }: ResourceReference<S>) => kind === "Role" || kind === "ClusterRole";
  return {
    keyOf: ({ namespace, name }: ResourceReference<S>) => keyOf(namespace, name === "" ? `\u0000${++unnamed}` : name), // a name cannot begin so
    current: (resource: ResourceReference<S>, key: string): RoleRecord<S> | BindingRecord<S> | undefined => {
      if (!isRole(resource)) return bindingsOf(resource.namespace).get(key);
      return roles.has(key) ? roles.get(key) : state.roles.get(key);
    },
    put: (resource: ResourceReference<S>, key: string, record: RoleRecord<S> | BindingRecord<S> | undefined) => {
      if (resource.kind === "ClusterRole") changesClusterRoles = true;
      if (record === undefined && !isRole(resource)) bindingsOf(resource.namespace).delete(key);
      else if (record === undefined) roles.set(key, undefined);
      else if ("roleRef" in record) bindingsOf(resource.namespace).set(key, record);
      else roles.set(key, record);
    },
    note: (resource: ResourceReference<S>, key: string, noted: readonly AccessDiagnostic<S>[]) => {
      const problemKey = `${resource.kind} ${key}`;
      const before = problems.has(problemKey) ? problems.get(problemKey) : state.problems.get(problemKey);
      if (noted.length > 0) problems.set(problemKey, noted);
      else if (before !== undefined) problems.set(problemKey, undefined);
    },
    finish: () =>
      createRbacState(
        {
          roles: state.roles.with(roles),
          scopes: state.scopes.with(
            [...scopes].map(([namespace, bindings]) => [
              namespace,
              bindings.size === 0 ? undefined : createBindingScope(namespace, bindings),
            ]),
          ),
          problems: state.problems.with(problems),
          unnamed,
        },
        changesClusterRoles ? undefined : state.aggregated,
      ),
  };
}
