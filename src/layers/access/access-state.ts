// The objects the authorizers read, and how a change of one reaches them.

import { isClusterScoped } from "../../kubernetes/cluster-scoped.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import type { AccessDiagnostic } from "./diagnostic.ts";
import { createLayeredMap, type LayeredMap } from "./layered-map.ts";
import { changeNodeGraph, emptyNodeGraph, type NodeGraph, type Vertex } from "./node-graph.ts";
import { readVertex, vertexKindOf } from "./node-objects.ts";
import { changeRbac, type RbacChange } from "./rbac-change.ts";
import { emptyRbacState, isRbacObject, type RbacState } from "./rbac-state.ts";
import type { ObjectIdentity, ResourceReference } from "./resource-reference.ts";

/** An object was added or replaced, or is gone. */
export type AccessChange<S> =
  | { readonly kind: "set"; readonly object: KubernetesObject; readonly source: S }
  | { readonly kind: "delete"; readonly identity: ObjectIdentity; readonly source: S };

export interface AccessState<S> {
  readonly rbac: RbacState<S>;
  readonly nodes: NodeGraph<S>;
  /** Objects of the node graph that the API server would refuse. */
  readonly nodeProblems: LayeredMap<AccessDiagnostic<S>>;
}

export function emptyAccessState<S>(): AccessState<S> {
  return { rbac: emptyRbacState(), nodes: emptyNodeGraph(), nodeProblems: createLayeredMap(new Map()) };
}

export interface ChangeSettings {
  readonly defaultNamespace?: string;
  /** Notes objects that replace one of the same identity. */
  readonly isFirstRead?: boolean;
}

/** The state after the changes, in order; objects that no authorizer reads are ignored. */
export function changeAccessState<S>(
  state: AccessState<S>,
  changes: Iterable<AccessChange<S>>,
  settings: ChangeSettings,
): AccessState<S> {
  const rbacChanges: RbacChange<S>[] = [];
  const vertices: Vertex<S>[] = [];
  const problems = new Map<string, AccessDiagnostic<S> | undefined>();
  for (const change of changes) {
    const identity = change.kind === "set" ? change.object : change.identity;
    const object = change.kind === "set" ? change.object : undefined;
    const { apiVersion, kind } = identity;
    const vertexKind = vertexKindOf(apiVersion, kind);
    if (vertexKind === undefined && !isRbacObject(apiVersion, kind)) continue;
    const resource = referenceOf(change, settings.defaultNamespace ?? "default");
    if (vertexKind === undefined) {
      rbacChanges.push({ resource, object });
      continue;
    }
    const read = readVertex(vertexKind, resource, object);
    vertices.push(read.vertex);
    const { key } = read.vertex;
    if (!read.ok) problems.set(key, { kind: "malformed", resource, problems: read.problems });
    else if (problems.has(key) || state.nodeProblems.size > 0) problems.set(key, undefined);
  }
  return {
    rbac: rbacChanges.length === 0 ? state.rbac : changeRbac(state.rbac, rbacChanges, settings.isFirstRead === true),
    nodes: vertices.length === 0 ? state.nodes : changeNodeGraph(state.nodes, vertices),
    nodeProblems: problems.size === 0 ? state.nodeProblems : state.nodeProblems.with(problems),
  };
}

function referenceOf<S>(change: AccessChange<S>, defaultNamespace: string): ResourceReference<S> {
  const { source } = change;
  const { apiVersion, kind } = change.kind === "set" ? change.object : change.identity;
  const { name, namespace } = change.kind === "set" ? (change.object.metadata ?? {}) : change.identity;
  const inNamespace = isClusterScoped(apiVersion, kind) ? "" : namespace || defaultNamespace; // empty is absent
  return { apiVersion, kind, namespace: inNamespace, name: name ?? "", source };
}
