// The input as access rules see it: an engine over it, which roles are Kubernetes' own, and whom each role reaches.

import type { Cluster } from "../../cluster/cluster.ts";
import { keyOf } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { projectedOf } from "../../verdicts/projection.ts";
import { createAccess, type Access } from "./access-engine.ts";
import { recogniseBinding, recogniseRole, type Recognition } from "./bootstrap.ts";
import { broughtRoles } from "./brought-roles.ts";
import { roleOf } from "./rbac-authorizer.ts";
import { readBinding, readRole, type BindingRecord, type RoleRecord } from "./rbac-record.ts";
import type { ResourceReference } from "./resource-reference.ts";
import { ACCESS_FACTS, type AccountUse } from "./rule-facts.ts";

/** Objects of the input; `undefined` for roles that Kubernetes brings. */
export type ViewSource = Resource | undefined;

export interface RoleView {
  readonly resource: Resource;
  readonly record: RoleRecord<ViewSource>;
  readonly recognition: Recognition;
  /** The bindings that grant its rules, directly or through a role that aggregates it. */
  readonly bindings: readonly BindingView[];
}

export interface BindingView {
  readonly resource: Resource;
  readonly record: BindingRecord<ViewSource>;
  readonly recognition: Recognition;
  /** As it authorizes; `undefined` when the role is not there. */
  readonly role: RoleRecord<ViewSource> | undefined;
  /** Whether the role is one of Kubernetes' own, as Kubernetes made it. */
  readonly isDefaultRole: boolean;
}

export interface WorkloadView {
  readonly resource: Resource;
  readonly accounts: readonly AccountUse[];
}

export interface AccessView {
  readonly minor: KubernetesMinor;
  readonly access: Access<ViewSource>;
  readonly roles: readonly RoleView[];
  readonly bindings: readonly BindingView[];
  /** Those of the input that are as Kubernetes made them. */
  readonly defaultRoles: ReadonlySet<Resource>;
  readonly workloads: readonly WorkloadView[];
  /** Names of the ServiceAccounts in the input, by namespace. */
  readonly accounts: ReadonlyMap<string, ReadonlySet<string>>;
}

const views = new WeakMap<Cluster, Map<KubernetesMinor, AccessView>>();

/** Built once for all rules. Linear, plus what the engine's indexes cost. */
export function accessViewOf(cluster: Cluster, minor: KubernetesMinor): AccessView {
  let own = views.get(cluster);
  if (own === undefined) views.set(cluster, (own = new Map()));
  let view = own.get(minor);
  if (view === undefined) own.set(minor, (view = buildView(cluster, minor)));
  return view;
}

/** The roles and bindings, or the workloads, of the input: what rules answer for. */
export function* judgedResources(cluster: Cluster, kinds: ReadonlySet<string> | "workloads"): Generator<Resource> {
  for (const { resource, facts } of projectedOf(cluster, ACCESS_FACTS)) {
    if (kinds === "workloads" ? facts.kind === "workload" : facts.kind === "rbac" && kinds.has(resource.id.kind))
      yield resource;
  }
}

function buildView(cluster: Cluster, minor: KubernetesMinor): AccessView {
  const roles: Omit<RoleView, "bindings">[] = [];
  const readBindings: { readonly resource: Resource; readonly record: BindingRecord<ViewSource> }[] = [];
  const workloads: WorkloadView[] = [];
  const accounts = new Map<string, Set<string>>();
  const objects: { readonly object: KubernetesObject; readonly source: ViewSource }[] = [];
  let isServer = false;
  for (const { resource, facts } of projectedOf(cluster, ACCESS_FACTS)) {
    const { namespace, name } = resource.id;
    if (resource.provenance.kind === "server") isServer = true;
    if (facts.kind === "workload") workloads.push({ resource, accounts: facts.accounts });
    else if (facts.kind === "service-account")
      accounts.set(namespace, (accounts.get(namespace) ?? new Set()).add(name));
    else {
      const { object } = facts;
      objects.push({ object: inNamespace(object, namespace), source: resource });
      const reference = referenceTo(resource);
      if (resource.id.kind.endsWith("Binding")) {
        const read = readBinding(object, reference);
        if (read.ok) readBindings.push({ resource, record: read.record });
      } else {
        const read = readRole(object, reference);
        if (read.ok) roles.push({ resource, record: read.record, recognition: recogniseRole(read.record, minor) });
      }
    }
  }
  const brought = isServer
    ? []
    : broughtRoles(
        objects.map(({ object }) => object),
        minor,
      );
  const access = createAccess([...objects, ...brought.map((object) => ({ object, source: undefined }))], { minor });
  const defaultRoles = new Set(
    roles.filter(({ recognition }) => recognition.kind === "default").map((one) => one.resource),
  );
  const bindings = readBindings.map(({ resource, record }): BindingView => {
    const role = roleOf(access.state.rbac, record);
    const source = role?.resource.source;
    const isDefaultRole = role !== undefined && (source === undefined || defaultRoles.has(source));
    return { resource, record, recognition: recogniseBinding(record, minor), role, isDefaultRole };
  });
  const reached = reachedBy(bindings);
  return {
    minor,
    access,
    roles: roles.map((role) => ({ ...role, bindings: reached.get(keyOf(role.resource.id)) ?? [] })),
    bindings,
    defaultRoles,
    workloads,
    accounts,
  };
}

function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  return namespace === "" || object.metadata?.namespace === namespace
    ? object
    : { ...object, metadata: { ...object.metadata, namespace } };
}

function referenceTo(resource: Resource): ResourceReference<ViewSource> {
  const { apiVersion, kind, namespace, name } = resource.id;
  return { apiVersion, kind, namespace, name, source: resource };
}

/** By identity: of several objects with one, each could be the one that is applied. */
function reachedBy(bindings: readonly BindingView[]): ReadonlyMap<string, readonly BindingView[]> {
  const reached = new Map<string, BindingView[]>();
  for (const binding of bindings) {
    const { role } = binding;
    if (role === undefined) continue;
    const sources = [role.resource.source, ...(role.origins ?? []).map((origin) => origin.role.source)];
    for (const key of new Set(sources.flatMap((source) => (source === undefined ? [] : [keyOf(source.id)])))) {
      const list = reached.get(key);
      if (list === undefined) reached.set(key, [binding]);
      else list.push(binding);
    }
  }
  return reached;
}
