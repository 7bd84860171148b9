// What one object says about another: which one it names, in which field, and what it wants of it.

import { isClusterScoped } from "../../../kubernetes/cluster-scoped.ts";
import { groupOf } from "../../../kubernetes/object.ts";
import { interned } from "../../../verdicts/interned.ts";
import type { Path } from "../../../kubernetes/path.ts";

/** `group/Kind` of what is named: `/ConfigMap`, `apps/Deployment`. Versions do not count. */
export type TargetKind = string;

export const CONFIG_MAP: TargetKind = "/ConfigMap";
export const SECRET: TargetKind = "/Secret";
export const SERVICE: TargetKind = "/Service";
export const SERVICE_ACCOUNT: TargetKind = "/ServiceAccount";
export const VOLUME_CLAIM: TargetKind = "/PersistentVolumeClaim";
export const VOLUME: TargetKind = "/PersistentVolume";
export const PRIORITY_CLASS: TargetKind = "scheduling.k8s.io/PriorityClass";
export const RUNTIME_CLASS: TargetKind = "node.k8s.io/RuntimeClass";
export const STORAGE_CLASS: TargetKind = "storage.k8s.io/StorageClass";
export const INGRESS_CLASS: TargetKind = "networking.k8s.io/IngressClass";
export const GATEWAY: TargetKind = "gateway.networking.k8s.io/Gateway";
export const GATEWAY_CLASS: TargetKind = "gateway.networking.k8s.io/GatewayClass";
export const RESOURCE_CLAIM: TargetKind = "resource.k8s.io/ResourceClaim";
export const RESOURCE_CLAIM_TEMPLATE: TargetKind = "resource.k8s.io/ResourceClaimTemplate";

/** A key of a ConfigMap or Secret that is asked for. */
export interface KeyReference {
  readonly key: string;
  readonly path: Path;
}

/** A port of a Service that is asked for, by exactly one of name and number. */
export interface PortReference {
  readonly name?: string;
  readonly number?: number;
  readonly path: Path;
  /** Not written, but what the API assumes. */
  readonly isAssumed?: true;
}

export interface Reference {
  readonly target: TargetKind;
  /** Empty for what has no namespace. */
  readonly namespace: string;
  readonly name: string;
  /** The field that holds the name, from the root of the object. */
  readonly path: Path;
  /** The pod starts without it. */
  readonly isOptional: boolean;
  readonly keys?: readonly KeyReference[];
  readonly port?: PortReference;
  /** A listener of a Gateway. */
  readonly section?: PortReference;
}

const FORMER_GROUPS: Readonly<Record<string, string>> = {
  "extensions/Deployment": "apps/Deployment",
  "extensions/ReplicaSet": "apps/ReplicaSet",
  "extensions/DaemonSet": "apps/DaemonSet",
  "extensions/Ingress": "networking.k8s.io/Ingress",
};

/** The kind under the group it has today. */
export function targetKindOf(apiVersion: string, kind: string): TargetKind {
  const key = `${groupOf(apiVersion)}/${kind}`;
  return FORMER_GROUPS[key] ?? interned(key);
}

/** `ConfigMap` of `/ConfigMap`. */
export function kindOf(target: TargetKind): string {
  return target.slice(target.lastIndexOf("/") + 1);
}

/** The namespace a reference points into: its own, or none for what has no namespace. */
export function namespaceFor(target: TargetKind, namespace: string): string {
  return isClusterScoped(target, kindOf(target)) ? "" : namespace;
}

const OBJECT_NAME = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;

/** Whether it can be the name of an object: what a template or a shell still has to fill in cannot. */
export function isObjectName(name: string | null | undefined): name is string {
  return name != null && OBJECT_NAME.test(name);
}
